package dev.fireside.shared.telemetry;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// The trace a piece of work belongs to, in W3C terms.
///
/// @param traceId 32 lower-case hex digits
/// @param spanId 16 lower-case hex digits
public record Trace(String traceId, String spanId) {
  /// The trace of the work that this thread does; bound around every request and event.
  public static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

  private static final int TRACE_ID_LENGTH = 32;
  private static final int TRACEPARENT_LENGTH = 55;
  private static final int SPAN_AT = 36;
  private static final int FLAGS_AT = 53;
  private static final String NO_TRACE = "0".repeat(TRACE_ID_LENGTH);

  /// The caller's trace continued with a span of our own, or a new one where the headers name none.
  public static Trace from(@Nullable String traceparent, @Nullable String cloudTraceContext) {
    String traceId = idOfParent(traceparent);
    if (traceId == null) {
      traceId = idOfCloud(cloudTraceContext);
    }
    return new Trace(traceId == null ? random() + random() : traceId, random());
  }

  /// The trace this thread works for, if any.
  public static Optional<Trace> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// The value of a `traceparent` header that continues this trace.
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + "-01";
  }

  /// The trace in a `traceparent`, such as `00-{trace id}-{span id}-01`.
  private static @Nullable String idOfParent(@Nullable String header) {
    String text = header == null ? "" : header.strip();
    boolean usable =
        text.length() == TRACEPARENT_LENGTH
            && text.startsWith("00-")
            && isHex(text, 3, SPAN_AT - 1)
            && text.charAt(SPAN_AT - 1) == '-'
            && isHex(text, SPAN_AT, FLAGS_AT - 1)
            && text.charAt(FLAGS_AT - 1) == '-'
            && isHex(text, FLAGS_AT, TRACEPARENT_LENGTH);
    return usable ? known(text.substring(3, SPAN_AT - 1)) : null;
  }

  /// The trace in an `X-Cloud-Trace-Context`: `{trace id}`, or with `/` and more behind it.
  private static @Nullable String idOfCloud(@Nullable String header) {
    String text = header == null ? "" : header.strip();
    boolean usable =
        text.length() >= TRACE_ID_LENGTH
            && isHex(text, 0, TRACE_ID_LENGTH)
            && (text.length() == TRACE_ID_LENGTH || text.charAt(TRACE_ID_LENGTH) == '/');
    return usable ? known(text.substring(0, TRACE_ID_LENGTH)) : null;
  }

  private static @Nullable String known(String traceId) {
    return traceId.equals(NO_TRACE) ? null : traceId;
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }

  /// 16 hex digits that need not be secret: they only have to differ.
  private static String random() {
    return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
  }
}

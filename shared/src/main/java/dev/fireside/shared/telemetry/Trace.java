package dev.fireside.shared.telemetry;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The trace a piece of work belongs to, in W3C terms.
///
/// @param traceId 32 lower-case hex digits
/// @param spanId 16 lower-case hex digits
public record Trace(String traceId, String spanId) {
  /// The trace of the work that this thread does; bound around every request and event.
  public static final ScopedValue<Trace> CURRENT = ScopedValue.newInstance();

  private static final Pattern TRACEPARENT =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}");
  private static final Pattern CLOUD_TRACE = Pattern.compile("([0-9a-f]{32})(?:/.*)?");
  private static final String NO_TRACE = "0".repeat(32);
  private static final SecureRandom RANDOM = new SecureRandom();

  /// The caller's trace continued with a span of our own, or a new one where the headers name none.
  public static Trace from(@Nullable String traceparent, @Nullable String cloudTraceContext) {
    return first(TRACEPARENT, traceparent)
        .or(() -> first(CLOUD_TRACE, cloudTraceContext))
        .map(traceId -> new Trace(traceId, randomHex(8)))
        .orElseGet(() -> new Trace(randomHex(16), randomHex(8)));
  }

  /// The trace this thread works for, if any.
  public static Optional<Trace> current() {
    return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
  }

  /// The value of a `traceparent` header that continues this trace.
  public String traceparent() {
    return "00-" + traceId + "-" + spanId + "-01";
  }

  private static Optional<String> first(Pattern pattern, @Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    Matcher matcher = pattern.matcher(header.strip());
    return matcher.matches() && !matcher.group(1).equals(NO_TRACE)
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  private static String randomHex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}

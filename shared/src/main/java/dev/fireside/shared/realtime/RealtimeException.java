package dev.fireside.shared.realtime;

import dev.fireside.shared.UnavailableException;
import java.net.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/// A Realtime Database did not do what it was asked for.
public final class RealtimeException extends UnavailableException {
  private static final long serialVersionUID = 1L;

  /// How much of a refusal is passed on.
  private static final int REASON_MAX = 300;

  RealtimeException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  static String refusal(HttpResponse<String> answer) {
    String reason = answer.body();
    return "The Realtime Database answered "
        + answer.statusCode()
        + " "
        + reason.substring(0, Math.min(REASON_MAX, reason.length()));
  }
}

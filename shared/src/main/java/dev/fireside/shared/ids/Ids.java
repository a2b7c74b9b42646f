package dev.fireside.shared.ids;

import com.github.f4b6a3.ulid.Ulid;
import com.github.f4b6a3.ulid.UlidFactory;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/// Source of ULIDs, and the rules that turn them into document names.
///
/// A ULID is 26 characters of Crockford base 32: 10 of time (milliseconds), 16 of randomness. Ids
/// of one process never go backwards, also within a millisecond.
public final class Ids {
  /// Characters of a ULID.
  public static final int LENGTH = 26;

  private static final int TIME_LENGTH = 10;

  /// The letters that Crockford's base 32 leaves out, as bits from `A` on.
  private static final int NO_CROCKFORD =
      1 << ('I' - 'A') | 1 << ('L' - 'A') | 1 << ('O' - 'A') | 1 << ('U' - 'A');

  private final UlidFactory factory;

  /// Ids take their time from `clock` and their randomness from the system's secure source.
  public Ids(Clock clock) {
    // The factory follows a clock that is set back by more than ten seconds: ids must not.
    var latest = new AtomicLong();
    this.factory =
        UlidFactory.newMonotonicInstance(
            new SecureRandom(), () -> latest.accumulateAndGet(clock.millis(), Math::max));
  }

  /// The next ULID.
  public String next() {
    return factory.create().toString();
  }

  /// Whether `text` is a ULID in its canonical upper-case form.
  public static boolean isUlid(String text) {
    // By hand, not by a pattern: every entry of every timeline passes here.
    if (text.length() != LENGTH || text.charAt(0) < '0' || text.charAt(0) > '7') {
      return false;
    }
    for (int i = 1; i < LENGTH; i++) {
      if (!isCrockford(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /// Whether a character stands in Crockford's base 32: not `I`, `L`, `O` and `U`.
  private static boolean isCrockford(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z' && (NO_CROCKFORD >>> (c - 'A') & 1) == 0);
  }

  /// The instant inside a ULID, to the millisecond.
  public static Instant instantOf(String ulid) {
    return Ulid.from(ulid).getInstant();
  }

  /// The smallest ULID of an instant: ids made before it sort below.
  public static String lowest(Instant instant) {
    return Ulid.min(instant.toEpochMilli()).toString();
  }

  /// The name of a ULID's document: the random part first, so that neighbours in time do not meet
  /// in one range of keys (Firestore slows down on sequential names).
  public static String documentName(String ulid) {
    return ulid.substring(TIME_LENGTH) + ulid.substring(0, TIME_LENGTH);
  }

  /// The ULID of a document's name: the inverse of [#documentName].
  public static String fromDocumentName(String name) {
    int randomLength = LENGTH - TIME_LENGTH;
    return name.substring(randomLength) + name.substring(0, randomLength);
  }
}

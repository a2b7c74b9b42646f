package dev.fireside.ledger.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A doubt that a person has to look at.
///
/// @param id names it; the same doubt has the same id
/// @param uid whom it is about
/// @param reason what raised it
/// @param purchase the purchase; null where it is not about one
/// @param sale key of the transaction inside; null for all of it
/// @param minor the money at stake, in minor units
/// @param currency its currency; null for none
/// @param evidence what was known when it was raised; never changed
public record ReviewCase(
    String id,
    String uid,
    String reason,
    @Nullable PurchaseKey purchase,
    @Nullable String sale,
    long minor,
    @Nullable String currency,
    Map<String, String> evidence) {
  /// The reason of what nobody could count: it is counted again, and mostly ends by that.
  public static final String UNCOUNTED = "velocity_unknown";

  /// How long people have to decide a case.
  public static final Duration TIME = Duration.ofDays(3);

  /// When what nobody could count is counted again.
  public static final Duration TIME_UNCOUNTED = Duration.ofHours(1);

  public ReviewCase {
    evidence = java.util.Collections.unmodifiableMap(new TreeMap<>(evidence));
  }

  /// When the case decides itself, if it was opened then.
  public Instant deadline(Instant openedAt) {
    return openedAt.plus(reason.equals(UNCOUNTED) ? TIME_UNCOUNTED : TIME);
  }

  /// A hash of all that was known when the case was opened.
  public String seal() {
    var parts = new ArrayList<String>();
    parts.add(id);
    parts.add(uid);
    parts.add(reason);
    parts.add(purchase == null ? "" : purchase.name());
    parts.add(sale == null ? "" : sale);
    parts.add(Long.toString(minor));
    parts.add(currency == null ? "" : currency);
    evidence.forEach((name, seen) -> {
      parts.add(name);
      parts.add(seen);
    });
    return Seal.of(parts);
  }
}

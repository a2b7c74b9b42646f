package dev.fireside.payments.domain;

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
    @Nullable LineageKey purchase,
    @Nullable String sale,
    long minor,
    @Nullable String currency,
    Map<String, String> evidence) {

  public ReviewCase {
    evidence = java.util.Collections.unmodifiableMap(new TreeMap<>(evidence));
  }
}

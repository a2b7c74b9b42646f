package dev.fireside.payments.purchases.domain;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one purchase lets its owner do, and until when.
///
/// @param until end of access by entitlement, in milliseconds; [Fact#FOREVER] for no end
/// @param renewing whether it will renew
/// @param billingIssue whether a renewal could not be paid
/// @param frozen whether a dispute or review keeps access back
/// @param pausedUntil when a paused subscription resumes; null where it is not paused
/// @param consentAsked whether the store waits for the customer to agree to a higher price
/// @param pending product from the next renewal on; null for the same
public record Access(
    Map<String, Long> until,
    boolean renewing,
    boolean billingIssue,
    boolean frozen,
    @Nullable Long pausedUntil,
    boolean consentAsked,
    @Nullable String pending) {

  public Access {
    until = java.util.Collections.unmodifiableMap(new TreeMap<>(until));
  }
}

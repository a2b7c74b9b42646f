package dev.fireside.payments.purchases;

import dev.fireside.ledger.domain.Book;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.store.HoldingStore;
import dev.fireside.payments.purchases.store.HoldingStore.Grantor;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a person may do at the moment, over all their purchases.
final class ReadEntitlements {
  private final HoldingStore holdings;
  private final Clock clock;

  /// One entitlement.
  ///
  /// @param id names it
  /// @param active whether it holds now
  /// @param expiresAt when it ends or ended; null for never
  /// @param renewing whether the purchase that gives it longest will renew
  /// @param billingIssue whether that purchase could not be paid
  /// @param pausedUntil when that purchase resumes; null where it is not paused
  /// @param consentAsked whether that purchase ends unless its buyer agrees to a higher price
  /// @param store the store of that purchase
  record Entitlement(
      String id,
      boolean active,
      @Nullable Instant expiresAt,
      boolean renewing,
      boolean billingIssue,
      @Nullable Instant pausedUntil,
      boolean consentAsked,
      String store) {}

  ReadEntitlements(HoldingStore holdings, Clock clock) {
    this.holdings = holdings;
    this.clock = clock;
  }

  /// Every entitlement the person has or had, by id.
  List<Entitlement> read(Uid uid, Book book) {
    long now = clock.millis();
    Map<String, Entitlement> found = new TreeMap<>();
    Map<String, Long> longest = new TreeMap<>();
    for (Grantor grantor : holdings.grantors(uid, book)) {
      grantor
          .access()
          .until()
          .forEach((id, until) -> {
            if (until > longest.getOrDefault(id, -1L)) {
              longest.put(id, until);
              found.put(id, entitlement(id, until, grantor, now));
            }
          });
    }
    return List.copyOf(found.values());
  }

  private static Entitlement entitlement(String id, long until, Grantor grantor, long now) {
    Long paused = grantor.access().pausedUntil();
    return new Entitlement(
        id,
        until > now,
        until == Fact.FOREVER ? null : Instant.ofEpochMilli(until),
        grantor.access().renewing(),
        grantor.access().billingIssue(),
        paused == null || paused == Fact.FOREVER ? null : Instant.ofEpochMilli(paused),
        grantor.access().consentAsked(),
        grantor.key().store());
  }
}

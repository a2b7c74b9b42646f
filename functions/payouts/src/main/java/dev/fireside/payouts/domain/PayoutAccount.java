package dev.fireside.payouts.domain;

import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A creator's account at Stripe, as it was seen last.
///
/// @param account Stripe's id
/// @param payoutsEnabled whether Stripe pays out from it
/// @param transfersActive whether it may receive transfers
/// @param disabledReason why Stripe restricts it; null where it does not
/// @param bank a fingerprint of the bank accounts it pays to; empty for none
/// @param bankChangedAt when these changed last; null where they never did
/// @param connected whether it is still connected to ours
public record PayoutAccount(
    Uid uid,
    String account,
    boolean payoutsEnabled,
    boolean transfersActive,
    @Nullable String disabledReason,
    String bank,
    @Nullable Instant bankChangedAt,
    boolean connected) {
  /// How long nothing is transferred after a bank account changed: who took an account over changes
  /// that first.
  public static final Duration COOL_DOWN = Duration.ofDays(7);

  /// An account that was just linked; nothing goes there before Stripe has reported it.
  public static PayoutAccount linked(Uid uid, String account, @Nullable Instant changedAt) {
    return new PayoutAccount(uid, account, false, false, null, "", changedAt, true);
  }

  /// Why nothing may be transferred there now; empty where it may.
  public Optional<String> closed(Instant now) {
    if (!connected) {
      return Optional.of("The account is no longer connected");
    }
    if (disabledReason != null) {
      return Optional.of("Stripe restricts the account: " + disabledReason);
    }
    if (!transfersActive) {
      return Optional.of("The account cannot receive transfers yet");
    }
    if (!payoutsEnabled) {
      return Optional.of("The account cannot pay out yet");
    }
    if (bankChangedAt != null && now.isBefore(bankChangedAt.plus(COOL_DOWN))) {
      return Optional.of("The bank account changed less than 7 days ago");
    }
    return Optional.empty();
  }

  /// This account as Stripe describes it now.
  ///
  /// @param seen the same account, with what Stripe reports
  public PayoutAccount refreshed(PayoutAccount seen, Instant now) {
    boolean bankChanged = !bank.isEmpty() && !bank.equals(seen.bank());
    return new PayoutAccount(
        uid,
        account,
        seen.payoutsEnabled(),
        seen.transfersActive(),
        seen.disabledReason(),
        seen.bank(),
        bankChanged ? later(bankChangedAt, now) : bankChangedAt,
        // Who left comes back only by being linked anew.
        connected && seen.connected());
  }

  /// This account, Stripe having reported then that a bank account was added, changed or removed.
  /// The first one is no change, and stays none when it is reported again, or late.
  ///
  /// @param added whether it was added
  /// @param which its fingerprint
  public PayoutAccount bankReported(boolean added, String which, Instant at) {
    return bank.isEmpty() || (added && bank.equals(which)) ? this : bankChanged(at);
  }

  private PayoutAccount bankChanged(Instant at) {
    return new PayoutAccount(
        uid,
        account,
        payoutsEnabled,
        transfersActive,
        disabledReason,
        bank,
        later(bankChangedAt, at),
        connected);
  }

  /// This account, no longer ours to transfer to.
  public PayoutAccount disconnected() {
    return new PayoutAccount(
        uid, account, false, false, disabledReason, bank, bankChangedAt, false);
  }

  private static Instant later(@Nullable Instant one, Instant other) {
    return one != null && one.isAfter(other) ? one : other;
  }
}

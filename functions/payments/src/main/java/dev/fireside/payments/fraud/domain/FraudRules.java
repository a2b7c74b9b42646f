package dev.fireside.payments.fraud.domain;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.payments.purchases.domain.Fact;
import org.jspecify.annotations.Nullable;

/// Judges a transaction by what is known of it, its buyer, device and card.
public final class FraudRules {
  private static final Velocity USER_MAX = new Velocity(10, 30, 100);
  private static final Velocity DEVICE_MAX = new Velocity(10, 40, 120);
  private static final Velocity FAILURES_MAX = new Velocity(4, 10, 30);
  private static final Velocity CARD_MAX = new Velocity(5, 20, 60);
  private static final long CARD_PEOPLE_MAX = 3;
  private static final long REFUNDS_COUNTED_MIN = 5;
  private static final int PERCENT = 100;
  private static final int REFUNDS_FLAG_PERCENT = 25;
  private static final int REFUNDS_HOLD_PERCENT = 50;
  private static final int HOLDERS_FLAG = 3;
  private static final int HOLDERS_HOLD = 5;

  private FraudRules() {}

  /// Judges one transaction that is about to be granted.
  public static Verdict judge(Signals signals) {
    if (signals.book() == Book.SANDBOX) {
      // Nothing real is at stake, but it must not become the way to free things either.
      return signals.sandboxAllowed()
          ? Verdict.ALLOWED
          : Verdict.ALLOWED.and(
              Verdict.Outcome.DENY, "sandbox_in_production", "the buyer is no tester");
    }
    Verdict verdict = judgePace(signals.user(), signals.failures(), signals.device());
    verdict = refunds(verdict, signals);
    return holders(verdict, signals.holders());
  }

  /// Judges how fast somebody buys; null for each that nobody can count.
  ///
  /// @param user purchases of the person
  /// @param failures failed payments of the person
  /// @param device purchases from the device; nothing where it is unknown
  public static Verdict judgePace(
      @Nullable Velocity user, @Nullable Velocity failures, @Nullable Velocity device) {
    Verdict verdict = velocity(Verdict.ALLOWED, "velocity_user", user, USER_MAX);
    verdict = velocity(verdict, "failed_payments", failures, FAILURES_MAX);
    return velocity(verdict, "velocity_device", device, DEVICE_MAX);
  }

  /// Judges a purchase that has changed hands.
  ///
  /// @param holders how many people have held it
  public static Verdict judgeTransfer(int holders) {
    return holders >= HOLDERS_FLAG
        ? Verdict.ALLOWED.and(Verdict.Outcome.FLAG, "transfer_chain", holders + " holders")
        : Verdict.ALLOWED;
  }

  /// Judges what was paid by the product's entry in the catalogue. A price that is left out is that
  /// of a period which the store gives away; a price of nothing has to be in the band.
  public static Verdict judgePrice(Fact.Sold sold, Product product) {
    Money price = sold.price();
    if (price == null) {
      return Verdict.ALLOWED;
    }
    if (price.minor() < 0) {
      return Verdict.ALLOWED.and(Verdict.Outcome.DENY, "price_band", "negative: " + price);
    }
    if (product.band().isEmpty()) {
      return Verdict.ALLOWED;
    }
    Product.Band band = product.band().get(price.currency());
    if (band == null) {
      boolean paid =
          price.minor() > 0 || product.band().values().stream().anyMatch(free -> free.min() == 0);
      return Verdict.ALLOWED.and(
          paid ? Verdict.Outcome.FLAG : Verdict.Outcome.HOLD,
          "price_currency",
          price + " is not in the catalogue");
    }
    // Several at once cost a multiple.
    long one = price.minor() / Math.max(1, sold.quantity());
    return one < band.min() || one > band.max()
        ? Verdict.ALLOWED.and(
            Verdict.Outcome.HOLD, "price_band", one + " is not in " + band + " " + price.currency())
        : Verdict.ALLOWED;
  }

  /// Judges a payment by its card.
  ///
  /// @param payments payments with the card; null where nobody can count
  /// @param people how many people paid with it within a day
  /// @param failures failed payments with the card; null where nobody can count
  /// @param risk the level that the payment provider gives it; empty for none
  public static Verdict judgeCard(
      @Nullable Velocity payments, long people, @Nullable Velocity failures, String risk) {
    Verdict verdict = velocity(Verdict.ALLOWED, "velocity_card", payments, CARD_MAX);
    verdict = velocity(verdict, "failed_payments", failures, FAILURES_MAX);
    if (people > CARD_PEOPLE_MAX) {
      verdict = verdict.and(Verdict.Outcome.HOLD, "shared_card", people + " people within a day");
    }
    return switch (risk) {
      case "highest" -> verdict.and(Verdict.Outcome.HOLD, "risk_level", risk);
      case "elevated" -> verdict.and(Verdict.Outcome.FLAG, "risk_level", risk);
      default -> verdict;
    };
  }

  private static Verdict velocity(
      Verdict verdict, String rule, @Nullable Velocity counted, Velocity max) {
    if (counted == null) {
      return verdict.and(Verdict.Outcome.HOLD, ReviewCase.UNCOUNTED, "the counters do not answer");
    }
    boolean over =
        counted.minute() > max.minute() || counted.hour() > max.hour() || counted.day() > max.day();
    return over ? verdict.and(Verdict.Outcome.HOLD, rule, counted.toString()) : verdict;
  }

  private static Verdict refunds(Verdict verdict, Signals signals) {
    if (signals.bought() < REFUNDS_COUNTED_MIN) {
      return verdict;
    }
    long percent = signals.refunded() * PERCENT / signals.bought();
    String seen = signals.refunded() + " of " + signals.bought();
    if (percent >= REFUNDS_HOLD_PERCENT) {
      return verdict.and(Verdict.Outcome.HOLD, "refund_ratio", seen);
    }
    return percent >= REFUNDS_FLAG_PERCENT
        ? verdict.and(Verdict.Outcome.FLAG, "refund_ratio", seen)
        : verdict;
  }

  private static Verdict holders(Verdict verdict, int holders) {
    if (holders >= HOLDERS_HOLD) {
      return verdict.and(Verdict.Outcome.HOLD, "transfer_chain", holders + " holders");
    }
    return holders >= HOLDERS_FLAG
        ? verdict.and(Verdict.Outcome.FLAG, "transfer_chain", holders + " holders")
        : verdict;
  }
}

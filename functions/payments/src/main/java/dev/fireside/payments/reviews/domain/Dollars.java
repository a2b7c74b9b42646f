package dev.fireside.payments.reviews.domain;

import dev.fireside.ledger.domain.Money;
import java.util.Map;

/// What a sum in US dollars is in other currencies, about: good enough to say what is much money.
final class Dollars {
  /// Major units worth some hundred dollars, as of 2026-01-01. Of others as many as of dollars:
  /// they are worth about as much, or less, and then two people look sooner.
  private static final Map<String, Long> HUNDRED =
      Map.ofEntries(
          Map.entry("AED", 370L),
          Map.entry("ARS", 145_000L),
          Map.entry("BDT", 12_000L),
          Map.entry("BHD", 40L),
          Map.entry("BRL", 550L),
          Map.entry("CLP", 95_000L),
          Map.entry("CNY", 700L),
          Map.entry("COP", 400_000L),
          Map.entry("CRC", 50_000L),
          Map.entry("CZK", 2_100L),
          Map.entry("DKK", 650L),
          Map.entry("EGP", 4_800L),
          Map.entry("GBP", 75L),
          Map.entry("HKD", 780L),
          Map.entry("HUF", 33_000L),
          Map.entry("IDR", 1_650_000L),
          Map.entry("ILS", 330L),
          Map.entry("INR", 9_000L),
          Map.entry("ISK", 12_500L),
          Map.entry("JOD", 70L),
          Map.entry("JPY", 15_500L),
          Map.entry("KES", 13_000L),
          Map.entry("KRW", 145_000L),
          Map.entry("KWD", 30L),
          Map.entry("KZT", 52_000L),
          Map.entry("MXN", 1_800L),
          Map.entry("MYR", 410L),
          Map.entry("NGN", 145_000L),
          Map.entry("NOK", 1_000L),
          Map.entry("OMR", 40L),
          Map.entry("PEN", 340L),
          Map.entry("PHP", 5_800L),
          Map.entry("PKR", 28_000L),
          Map.entry("PLN", 360L),
          Map.entry("PYG", 700_000L),
          Map.entry("QAR", 360L),
          Map.entry("RON", 430L),
          Map.entry("RSD", 10_000L),
          Map.entry("SAR", 375L),
          Map.entry("SEK", 930L),
          Map.entry("THB", 3_200L),
          Map.entry("TND", 290L),
          Map.entry("TRY", 4_200L),
          Map.entry("TWD", 3_100L),
          Map.entry("TZS", 245_000L),
          Map.entry("UAH", 4_200L),
          Map.entry("UGX", 360_000L),
          Map.entry("VND", 2_600_000L),
          Map.entry("ZAR", 1_700L));

  private Dollars() {}

  /// A sum in minor units of a currency.
  ///
  /// @param dollars whole US dollars
  static long in(String currency, long dollars) {
    return dollars * hundred(currency) / 100;
  }

  /// A sum in US cents.
  ///
  /// @param minor in minor units of the currency
  static long cents(String currency, long minor) {
    return Money.scaled(10_000, minor, hundred(currency));
  }

  private static long hundred(String currency) {
    long minor = HUNDRED.getOrDefault(currency, 100L);
    for (int i = 0; i < Money.exponentOf(currency); i++) {
      minor *= 10;
    }
    return minor;
  }
}

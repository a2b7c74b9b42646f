package dev.fireside.play.domain;

import java.util.Locale;

/// How far a period has come.
public enum PeriodState {
  OPEN,
  /// Takes no more scores; its ranks are being frozen and its rewards given.
  CLOSING,
  /// Its ranks are frozen and its rewards are given.
  SETTLED;

  /// The name in documents and answers.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}

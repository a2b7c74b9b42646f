package dev.fireside.play.domain;

/// How far a period has come.
public enum PeriodState {
  OPEN,
  /// Takes no more scores; its ranks are being frozen and its rewards given.
  CLOSING,
  /// Its ranks are frozen and its rewards are given.
  SETTLED
}

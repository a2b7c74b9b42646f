package dev.fireside.shared.config;

/// Where a process runs.
public enum Environment {
  /// A laptop or a test, against emulators.
  LOCAL,
  /// Google Cloud. Emulator variables are refused, secrets are demanded.
  PRODUCTION
}

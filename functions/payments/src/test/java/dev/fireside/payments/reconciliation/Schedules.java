package dev.fireside.payments.reconciliation;

import dev.fireside.shared.Platform;
import dev.fireside.shared.load.Errand;

/// Runs schedules of a process with other settings.
public final class Schedules {
  private Schedules() {}

  /// What a process of that platform reconciles.
  public static void reconcile(Platform platform) {
    Errand.event().run(() -> new ReconcileFunction(platform).run(platform.clock().instant()));
  }
}

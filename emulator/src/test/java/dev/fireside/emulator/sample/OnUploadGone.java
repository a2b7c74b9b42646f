package dev.fireside.emulator.sample;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ObjectChange;
import dev.fireside.shared.events.StorageFunction;

/// Notes every upload that is deleted.
public final class OnUploadGone extends StorageFunction {
  private final Journal journal;

  public OnUploadGone() {
    this(Platform.current());
  }

  OnUploadGone(Platform platform) {
    super(platform);
    this.journal = Journal.of(platform);
  }

  @Override
  protected void on(ObjectChange change) {
    journal.gone.add(change);
  }
}

package dev.fireside.emulator.sample;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ObjectChange;
import dev.fireside.shared.events.StorageFunction;

/// Notes every object that is uploaded.
public final class OnUpload extends StorageFunction {
  private final Journal journal;

  public OnUpload() {
    this(Platform.current());
  }

  OnUpload(Platform platform) {
    super(platform);
    this.journal = Journal.of(platform);
  }

  @Override
  protected void on(ObjectChange change) {
    journal.uploads.add(change);
    journal.failIfAsked();
  }
}

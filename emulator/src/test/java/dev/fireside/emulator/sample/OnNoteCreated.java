package dev.fireside.emulator.sample;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import java.util.Map;

/// Marks each new note as seen: a write that is an event again.
public final class OnNoteCreated extends FirestoreFunction {
  private final Platform platform;

  public OnNoteCreated() {
    this(Platform.current());
  }

  OnNoteCreated(Platform platform) {
    super(platform);
    this.platform = platform;
  }

  @Override
  protected void on(DocumentChange change) {
    Journal.of(platform).created.add(change);
    platform.documents().update(change.path(), Map.of("seen", true));
  }
}

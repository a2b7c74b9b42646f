package dev.fireside.emulator.sample;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;

/// Notes every write of a note.
public final class OnNote extends FirestoreFunction {
  private final Journal journal;

  public OnNote() {
    this(Platform.current());
  }

  OnNote(Platform platform) {
    super(platform);
    this.journal = Journal.of(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    journal.changes.add(change);
    journal.failIfAsked();
  }
}

package dev.fireside.emulator.storage.disk;

/// Learns of changes, after they are on disk and in their order; of some more than once, after a
/// crash.
public interface ChangeListener {
  /// What happened to an object; the names are those of the events.
  enum Kind {
    FINALIZED("finalized"),
    DELETED("deleted"),
    ARCHIVED("archived"),
    METADATA_UPDATED("metadataUpdated");

    private final String event;

    Kind(String event) {
      this.event = event;
    }

    /// The last part of the CloudEvents type.
    public String event() {
      return event;
    }
  }

  /// Returns at once.
  void on(Kind kind, StoredObject object);
}

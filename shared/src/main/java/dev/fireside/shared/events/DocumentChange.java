package dev.fireside.shared.events;

import dev.fireside.shared.store.Document;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A write to a Firestore document, as an event reports it.
///
/// @param event which event reports it
/// @param path the document's path, such as `posts/abc`
/// @param before the document before the write; null when it was created
/// @param after the document after the write; null when it was deleted
/// @param time when the write was committed
public record DocumentChange(
    EventId event, String path, @Nullable Document before, @Nullable Document after, Instant time) {

  /// The last part of the path.
  public String id() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// The part of the path at `index`: 0 is the top collection, 1 its document, and so on.
  public String part(int index) {
    return path.split("/", -1)[index];
  }

  /// When the change was committed, as exactly as the event states it.
  public Instant changedAt() {
    return after == null ? time : after.updateTime();
  }

  /// A version number for what this change left behind: that of the document, or one above the last
  /// of a deleted one. The time of an event may be later than that of the write, even of the next
  /// one, and would make the deletion seem the newest.
  public long version() {
    if (after != null) {
      return after.version();
    }
    return before == null ? Document.versionOf(time) : before.version() + 1;
  }
}

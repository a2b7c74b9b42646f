package dev.fireside.shared.events;

import dev.fireside.shared.ids.Digest;

/// What makes an event the same event for one function: CloudEvents' `source` and `id`. The
/// function belongs to it, because two functions that hear of one write may receive the same id.
public record EventId(String function, String source, String id) {
  private static final int NAME_BYTES = 20;

  /// A name for documents about this event: a hash, since sources and ids hold slashes.
  public String documentName() {
    return Digest.hex(function + "\n" + source + "\n" + id, NAME_BYTES);
  }
}

package dev.fireside.accounts.store;

import dev.fireside.shared.ids.Uid;

/// A way in which one person stands to another; one document each, `{collection}/{from:to}`.
public enum Link {
  FOLLOW("follows", "follower", "followee"),
  BLOCK("blocks", "blocker", "blocked"),
  MUTE("mutes", "muter", "muted");

  private final String collection;
  private final String from;
  private final String to;

  Link(String collection, String from, String to) {
    this.collection = collection;
    this.from = from;
    this.to = to;
  }

  String collection() {
    return collection;
  }

  /// The field that names the person at one end.
  String field(End end) {
    return end == End.FROM ? from : to;
  }

  String path(Uid fromUid, Uid toUid) {
    return collection + "/" + fromUid.with(toUid);
  }

  /// The two ends of a link.
  public enum End {
    FROM,
    TO;

    End other() {
      return this == FROM ? TO : FROM;
    }
  }
}

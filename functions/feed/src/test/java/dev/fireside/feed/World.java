package dev.fireside.feed;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.testing.Crowd;
import java.util.List;

/// Readers, and what comes to them.
final class World extends Crowd {
  World(FiresideExtension fireside) {
    super(fireside);
  }

  static PostEntry entry(String id, String author) {
    return new PostEntry(id, new Uid(author), null);
  }

  /// One page of somebody's home feed.
  Reply page(String uid, String query) {
    return fireside.http().as(uid).get("/api/feed?" + query);
  }

  /// Ids of somebody's whole home feed, in pages.
  List<String> feed(String uid, int limit) {
    return walk(uid, "/api/feed?limit=" + limit);
  }

  /// Ids of a whole list, in pages.
  List<String> walk(String uid, String path) {
    return (uid == null ? fireside.http().anonymous() : fireside.http().as(uid)).list(path, "id");
  }

  /// The members of a sorted set, lowest first.
  List<String> members(String key) {
    return fireside.platform().redis().call(client -> client.zrange(key, 0, -1));
  }

  boolean hasKey(String key) {
    return fireside.platform().redis().call(client -> client.exists(key));
  }

  /// What a timeline holds, without markers, newest first.
  List<String> timeline(String uid) {
    return members("timeline:" + uid).reversed().stream()
        .filter(member -> member.compareTo("0") > 0)
        .map(member -> member.substring(0, 26))
        .toList();
  }
}

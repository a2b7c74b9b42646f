package dev.fireside.feed;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostRef;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.Visibility;
import dev.fireside.social.store.PostDocument;
import dev.fireside.social.store.PostReader;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.RelationReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes what the other modules write, documents first and caches after, as they do.
final class World {
  private final FiresideExtension fireside;
  private final Platform platform;
  private final RelationReader relations;
  private final PostReader posts;
  private final ProfileReader profiles;

  World(FiresideExtension fireside) {
    this.fireside = fireside;
    this.platform = fireside.platform();
    this.relations = new RelationReader(platform);
    this.posts = new PostReader(platform);
    this.profiles = new ProfileReader(platform);
  }

  void people(String... uids) {
    for (String uid : uids) {
      status(uid, "active");
    }
  }

  void status(String uid, String status) {
    String path = "users/" + uid;
    platform
        .documents()
        .merge(
            path,
            Map.of(
                "handle", uid,
                "displayName", uid,
                "status", status,
                "createdAt", Instant.EPOCH));
    Document document = platform.documents().get(path).orElseThrow();
    profiles.keep(new Uid(uid), ProfileReader.parse(document), document.version());
  }

  void follow(String follower, String followee) {
    Instant at =
        platform
            .documents()
            .set(
                "follows/" + follower + ":" + followee,
                Map.of(
                    "id",
                    platform.ids().next(),
                    "follower",
                    follower,
                    "followee",
                    followee,
                    "createdAt",
                    Instant.now()));
    relations.keepFollow(new Uid(follower), new Uid(followee), true, Document.versionOf(at));
  }

  void unfollow(String follower, String followee) {
    remove("follows/" + follower + ":" + followee);
    relations.keepFollow(new Uid(follower), new Uid(followee), false, later());
  }

  void block(String blocker, String blocked) {
    Instant at =
        platform
            .documents()
            .set(
                "blocks/" + blocker + ":" + blocked,
                Map.of("id", platform.ids().next(), "blocker", blocker, "blocked", blocked));
    relations.keepBlock(new Uid(blocker), new Uid(blocked), true, Document.versionOf(at));
  }

  void unblock(String blocker, String blocked) {
    remove("blocks/" + blocker + ":" + blocked);
    relations.keepBlock(new Uid(blocker), new Uid(blocked), false, later());
  }

  void mute(String muter, String muted) {
    Instant at =
        platform
            .documents()
            .set(
                "mutes/" + muter + ":" + muted,
                Map.of("id", platform.ids().next(), "muter", muter, "muted", muted));
    relations.keepMute(new Uid(muter), new Uid(muted), true, Document.versionOf(at));
  }

  void unmute(String muter, String muted) {
    remove("mutes/" + muter + ":" + muted);
    relations.keepMute(new Uid(muter), new Uid(muted), false, later());
  }

  private void remove(String path) {
    if (platform.documents().get(path).isPresent()) {
      platform.documents().delete(path);
    }
  }

  private static long later() {
    return Document.versionOf(Instant.now().plusMillis(1));
  }

  /// A public post of now.
  String post(String author) {
    return post(platform.ids().next(), author, Visibility.PUBLIC);
  }

  String post(String id, String author, Visibility visibility) {
    return put(post(id, author, PostKind.ORIGINAL, null, visibility, List.of()), Map.of());
  }

  String tagged(String author, String... tags) {
    String id = platform.ids().next();
    return put(
        post(id, author, PostKind.ORIGINAL, null, Visibility.PUBLIC, List.of(tags)), Map.of());
  }

  String hot(String author, double heat) {
    String id = platform.ids().next();
    return put(
        post(id, author, PostKind.ORIGINAL, null, Visibility.PUBLIC, List.of()),
        Map.of("heat", heat, "counts", Map.of("like", 10)));
  }

  String repost(String author, String refId, String refAuthor) {
    return show(PostKind.REPOST, author, refId, refAuthor);
  }

  String quote(String author, String refId, String refAuthor) {
    return show(PostKind.QUOTE, author, refId, refAuthor);
  }

  private String show(PostKind kind, String author, String refId, String refAuthor) {
    var ref = new PostRef(refId, new Uid(refAuthor));
    return put(
        post(platform.ids().next(), author, kind, ref, Visibility.PUBLIC, List.of()), Map.of());
  }

  void change(String id, Map<String, ?> fields) {
    platform.documents().update(PostReader.path(id), fields);
    keep(id);
  }

  void delete(String id) {
    change(id, Map.of("status", "deleted"));
  }

  private String put(Post post, Map<String, ?> more) {
    var fields = new HashMap<>(PostDocument.fields(post));
    fields.putAll(more);
    platform.documents().create(PostReader.path(post.id()), fields);
    keep(post.id());
    return post.id();
  }

  private void keep(String id) {
    Document document = platform.documents().get(PostReader.path(id)).orElseThrow();
    posts.keep(id, PostDocument.parse(document), document.version());
  }

  private static Post post(
      String id,
      String author,
      PostKind kind,
      PostRef ref,
      Visibility visibility,
      List<String> tags) {
    return new Post(
        id,
        new Uid(author),
        kind,
        kind == PostKind.REPOST ? "" : "text",
        List.of(),
        ref,
        visibility,
        PostStatus.ACTIVE,
        tags,
        List.of(),
        Map.of(),
        Instant.now(),
        null);
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
    return platform.redis().call(client -> client.zrange(key, 0, -1));
  }

  boolean exists(String key) {
    return platform.redis().call(client -> client.exists(key));
  }

  /// What a timeline holds, without markers, newest first.
  List<String> timeline(String uid) {
    return members("timeline:" + uid).reversed().stream()
        .filter(member -> member.compareTo("0") > 0)
        .map(member -> member.substring(0, 26))
        .toList();
  }
}

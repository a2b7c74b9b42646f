package dev.fireside.social.testing;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostRef;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.Visibility;
import dev.fireside.social.store.FollowLists;
import dev.fireside.social.store.PostDocument;
import dev.fireside.social.store.PostReader;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.RelationReader;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// People, how they stand to each other, and their posts, as the functions that own them write
/// them: documents first, caches after. Each module's tests add what they alone need.
public class Crowd {
  private static final Instant JOINED = Instant.parse("2026-01-01T00:00:00Z");

  protected final FiresideExtension fireside;
  private final Platform platform;
  private final FollowLists followLists;
  private final RelationReader relations;
  private final PostReader posts;
  private final ProfileReader profiles;

  public Crowd(FiresideExtension fireside) {
    this.fireside = fireside;
    this.platform = fireside.platform();
    this.followLists = new FollowLists(platform);
    this.relations = new RelationReader(platform);
    this.posts = new PostReader(platform);
    this.profiles = new ProfileReader(platform);
  }

  public final Caller as(String uid, Role... roles) {
    return fireside.http().as(uid, roles);
  }

  public final Documents documents() {
    return platform.documents();
  }

  public final boolean exists(String path) {
    return documents().get(path).isPresent();
  }

  public final Document document(String path) {
    return documents().get(path).orElseThrow();
  }

  public final String newId() {
    return platform.ids().next();
  }

  /// People with profiles, with their uid as handle.
  public final void people(String... uids) {
    Set<String> lists =
        documents().getAll(Stream.of(uids).map(Crowd::followList).toList()).keySet();
    documents()
        .batch(batch -> {
          for (String uid : uids) {
            batch.merge("users/" + uid, profile(uid));
            batch.set("handles/" + uid, Map.of("uid", uid));
            if (!lists.contains(followList(uid))) {
              batch.set(followList(uid), FollowLists.empty());
            }
          }
        });
    documents()
        .getAll(Stream.of(uids).map(uid -> "users/" + uid).toList())
        .values()
        .forEach(this::keepPerson);
  }

  /// The fields of a profile without any counts.
  public static Map<String, Object> profile(String uid) {
    var fields = new HashMap<String, Object>();
    fields.put("handle", uid);
    fields.put("displayName", uid);
    fields.put("status", "active");
    fields.put("counts", Map.of("followers", 0L, "following", 0L, "posts", 0L));
    fields.put("createdAt", JOINED);
    return fields;
  }

  /// Sets where a person's account stands: `active`, `suspended` or `deleted`.
  public final void status(String uid, String status) {
    documents().merge("users/" + uid, Map.of("status", status));
    keepPerson(document("users/" + uid));
  }

  private void keepPerson(Document document) {
    profiles.keep(new Uid(document.id()), ProfileReader.parse(document), document.version());
  }

  public final void follow(String follower, String followee) {
    Instant at = link("follows", follower, followee);
    relations.keepFollow(new Uid(follower), new Uid(followee), true, Document.versionOf(at));
  }

  public final void unfollow(String follower, String followee) {
    endFollow(follower, followee);
    relations.keepFollow(new Uid(follower), new Uid(followee), false, later());
  }

  public final void block(String blocker, String blocked) {
    Instant at = link("blocks", blocker, blocked);
    relations.keepBlock(new Uid(blocker), new Uid(blocked), true, Document.versionOf(at));
  }

  public final void unblock(String blocker, String blocked) {
    remove("blocks/" + blocker + ":" + blocked);
    relations.keepBlock(new Uid(blocker), new Uid(blocked), false, later());
  }

  public final void mute(String muter, String muted) {
    Instant at = link("mutes", muter, muted);
    relations.keepMute(new Uid(muter), new Uid(muted), true, Document.versionOf(at));
  }

  public final void unmute(String muter, String muted) {
    remove("mutes/" + muter + ":" + muted);
    relations.keepMute(new Uid(muter), new Uid(muted), false, later());
  }

  private static String followList(String uid) {
    return FollowLists.path(new Uid(uid));
  }

  /// Writes a follow, block or mute as a process would that dies after the commit.
  ///
  /// @param collection `follows`, `blocks` or `mutes`
  public final Instant link(String collection, String from, String to) {
    return followLists.commit(
        List.of(new Uid(from)),
        batch -> {
          batch.set(collection + "/" + from + ":" + to, linkFields(collection, from, to));
          if (collection.equals("follows")) {
            FollowLists.add(batch, new Uid(from), new Uid(to));
          }
        });
  }

  /// As [#link], many at once; ids grow with the order of the list.
  public final void linkAll(String collection, List<List<String>> pairs) {
    for (int start = 0; start < pairs.size(); start += Documents.BATCH_MAX) {
      var part = pairs.subList(start, Math.min(pairs.size(), start + Documents.BATCH_MAX));
      documents()
          .batch(batch ->
              part.forEach(pair ->
                  batch.set(
                      collection + "/" + pair.get(0) + ":" + pair.get(1),
                      linkFields(collection, pair.get(0), pair.get(1)))));
    }
    if (collection.equals("follows")) {
      // They are made of the documents again.
      documents()
          .deleteAll(pairs.stream().map(pair -> followList(pair.get(0))).distinct().toList());
    }
  }

  private Map<String, Object> linkFields(String collection, String from, String to) {
    List<String> sides =
        switch (collection) {
          case "follows" -> List.of("follower", "followee");
          case "blocks" -> List.of("blocker", "blocked");
          case "mutes" -> List.of("muter", "muted");
          default -> throw new IllegalArgumentException(collection);
        };
    return Map.of("id", newId(), sides.get(0), from, sides.get(1), to, "createdAt", Instant.now());
  }

  private void remove(String path) {
    if (exists(path)) {
      documents().delete(path);
    }
  }

  /// Ends a follow as a process would that dies after the commit.
  public final void endFollow(String follower, String followee) {
    followLists.commit(
        List.of(new Uid(follower)),
        batch -> {
          batch.delete("follows/" + follower + ":" + followee);
          FollowLists.remove(batch, new Uid(follower), new Uid(followee));
        });
  }

  private static long later() {
    return Document.versionOf(Instant.now().plusMillis(1));
  }

  /// A public post of now.
  public final String post(String author) {
    return post(newId(), author, Visibility.PUBLIC);
  }

  /// A public post of now by each of these, in their order, as documents alone.
  public final List<String> postAll(List<String> authors) {
    var posts = authors.stream().map(author -> original(author, List.of())).toList();
    for (int start = 0; start < posts.size(); start += Documents.BATCH_MAX) {
      var part = posts.subList(start, Math.min(posts.size(), start + Documents.BATCH_MAX));
      documents()
          .batch(batch ->
              part.forEach(
                  post -> batch.set(PostReader.path(post.id()), PostDocument.fields(post))));
    }
    return posts.stream().map(Post::id).toList();
  }

  public final String post(String id, String author, Visibility visibility) {
    return put(post(id, author, PostKind.ORIGINAL, null, visibility, List.of()), Map.of());
  }

  /// A public post whose text names people.
  public final String mentioning(String author, String... uids) {
    return put(original(author, List.of()), Map.of("mentions", List.of(uids)));
  }

  public final String tagged(String author, String... tags) {
    return put(original(author, List.of(tags)), Map.of());
  }

  public final String hot(String author, double heat) {
    return put(original(author, List.of()), Map.of("heat", heat, "counts", Map.of("like", 10)));
  }

  private Post original(String author, List<String> tags) {
    return post(newId(), author, PostKind.ORIGINAL, null, Visibility.PUBLIC, tags);
  }

  public final String repost(String author, String refId, String refAuthor) {
    return show(PostKind.REPOST, author, refId, refAuthor);
  }

  public final String quote(String author, String refId, String refAuthor) {
    return show(PostKind.QUOTE, author, refId, refAuthor);
  }

  private String show(PostKind kind, String author, String refId, String refAuthor) {
    var ref = new PostRef(refId, new Uid(refAuthor));
    List<String> quoted =
        documents()
            .get(PostReader.path(refId))
            .map(PostDocument::parse)
            .map(shown -> shown.quotedAllTheWay().stream().map(Uid::value).toList())
            .orElse(List.of());
    return put(
        post(newId(), author, kind, ref, Visibility.PUBLIC, List.of()), Map.of("quoted", quoted));
  }

  /// Changes fields of a post.
  public final void change(String id, Map<String, ?> fields) {
    documents().update(PostReader.path(id), fields);
    keepPost(id);
  }

  public final void delete(String id) {
    change(id, Map.of("status", "deleted"));
  }

  private String put(Post post, Map<String, ?> more) {
    var fields = new HashMap<>(PostDocument.fields(post));
    fields.putAll(more);
    documents().create(PostReader.path(post.id()), fields);
    keepPost(post.id());
    return post.id();
  }

  private void keepPost(String id) {
    Document document = document(PostReader.path(id));
    posts.keep(id, PostDocument.parse(document), document.version());
  }

  private static Post post(
      String id,
      String author,
      PostKind kind,
      @Nullable PostRef ref,
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
        List.of(),
        Map.of(),
        Ids.instantOf(id),
        null);
  }
}

package dev.fireside.benchmarks.http;

import com.github.f4b6a3.ulid.UlidFactory;
import dev.fireside.feed.domain.Slice;
import dev.fireside.feed.store.EntryLists;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.Visibility;
import dev.fireside.social.store.FollowLists;
import dev.fireside.social.store.PostDocument;
import dev.fireside.social.store.PostReader;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.RelationReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/// People who follow one another and post: in Firestore as the functions would have written them,
/// and in Redis as it is once everybody has read.
final class World {
  private static final int PEOPLE = 1_000;
  private static final int FOLLOWING = 25;
  private static final int POSTS_EACH = 10;
  private static final int DOCUMENTS_PER_BATCH = 400;
  private static final int TIMELINE_MAX = 800;
  private static final long RANDOM_SEED = 42;
  private static final Duration AGE = Duration.ofDays(10);

  private final Documents documents;
  private final Platform platform;
  private final PostReader postReader;
  private final ProfileReader profiles;
  private final RelationReader relations;
  private final Random random = new Random(RANDOM_SEED);
  private final List<Post> posts = new ArrayList<>();

  World(Platform platform) {
    this.platform = platform;
    this.documents = platform.documents();
    this.postReader = new PostReader(platform);
    this.profiles = new ProfileReader(platform);
    this.relations = new RelationReader(platform);
  }

  /// How many people there are: all of them read.
  static int people() {
    return PEOPLE;
  }

  /// The id of a person.
  static String uid(int index) {
    return String.format(Locale.ROOT, "reader%04d", index);
  }

  /// Whose profile a reader looks at.
  static int watched(int reader) {
    return (reader + 7) % PEOPLE;
  }

  /// Fills Firestore and Redis.
  void fill() {
    makePosts();
    inBatches(PEOPLE, this::writePeople);
    inBatches(posts.size(), this::writePosts);
    for (int person = 0; person < PEOPLE; person++) {
      writeFollows(person);
    }
    fillTimelines();
  }

  private interface Range {
    void write(int from, int to);
  }

  private static void inBatches(int count, Range range) {
    for (int from = 0; from < count; from += DOCUMENTS_PER_BATCH) {
      range.write(from, Math.min(count, from + DOCUMENTS_PER_BATCH));
    }
  }

  private void makePosts() {
    var ulids = UlidFactory.newInstance(random);
    Instant now = platform.clock().instant();
    int count = PEOPLE * POSTS_EACH;
    for (int i = 0; i < count; i++) {
      Instant at = now.minus(AGE).plus(AGE.multipliedBy(i).dividedBy(count));
      String topic = "topic" + random.nextInt(20);
      posts.add(
          new Post(
              ulids.create(at.toEpochMilli()).toString(),
              new Uid(uid(random.nextInt(PEOPLE))),
              PostKind.ORIGINAL,
              "New clip is up, and the ending took nine takes. Live tonight at eight: bring a"
                  + " blanket. #"
                  + topic,
              List.of(),
              null,
              Visibility.PUBLIC,
              PostStatus.ACTIVE,
              List.of(topic),
              List.of(),
              List.of(),
              Map.of("like", (long) random.nextInt(1_000), "comments", (long) random.nextInt(50)),
              at,
              null));
    }
  }

  private void writePeople(int from, int to) {
    Instant written =
        documents.batch(writes -> {
          for (int i = from; i < to; i++) {
            writes.set(ProfileReader.path(new Uid(uid(i))), profile(i));
            writes.set("handles/" + uid(i), Map.of("uid", uid(i)));
          }
        });
    for (int i = from; i < to; i++) {
      var document = Document.of("users/" + uid(i), profile(i), written);
      profiles.keep(new Uid(uid(i)), ProfileReader.parse(document), document.version());
    }
  }

  private Map<String, Object> profile(int index) {
    Instant created = platform.clock().instant().minus(AGE.multipliedBy(2));
    return Map.of(
        "handle",
        uid(index),
        "displayName",
        "Reader " + index,
        "bio",
        "Posts clips, and reads what others post.",
        "avatarUrl",
        "https://media.example/avatars/" + uid(index) + ".webp",
        "status",
        "active",
        "counts",
        Map.of("followers", FOLLOWING, "following", FOLLOWING, "posts", POSTS_EACH),
        "createdAt",
        created,
        "updatedAt",
        created);
  }

  private void writePosts(int from, int to) {
    Instant written =
        documents.batch(writes ->
            posts
                .subList(from, to)
                .forEach(post -> {
                  Map<String, Object> fields = PostDocument.fields(post);
                  fields.put("counts", post.counts());
                  fields.put("heat", random.nextDouble() * 1_000);
                  writes.set(PostReader.path(post.id()), fields);
                }));
    posts
        .subList(from, to)
        .forEach(post -> postReader.keep(post.id(), post, Document.versionOf(written)));
  }

  private static List<Uid> following(int person) {
    var following = new ArrayList<Uid>();
    for (int i = 1; i <= FOLLOWING; i++) {
      following.add(new Uid(uid((person + i * 37) % PEOPLE)));
    }
    return following;
  }

  private void writeFollows(int person) {
    var uid = new Uid(uid(person));
    List<Uid> following = following(person);
    Instant now = platform.clock().instant();
    Instant written =
        documents.batch(writes -> {
          writes.set(
              FollowLists.path(uid),
              Map.of("followees", following.stream().map(Uid::value).toList()));
          following.forEach(followee ->
              writes.set(
                  "follows/" + uid.with(followee),
                  Map.of(
                      "id", platform.ids().next(),
                      "follower", uid.value(),
                      "followee", followee.value(),
                      "createdAt", now)));
        });
    following.forEach(
        followee -> relations.keepFollow(uid, followee, true, Document.versionOf(written)));
    // All of them are there: without this mark the first reader has them loaded again.
    platform.redis().call(client -> client.hset("rel:" + uid, "built", "1|1"));
  }

  private void fillTimelines() {
    var byAuthor = new HashMap<Uid, List<PostEntry>>();
    posts.forEach(post ->
        byAuthor.computeIfAbsent(post.author(), _ -> new ArrayList<>()).add(PostEntry.of(post)));
    var timelines = EntryLists.timelines(platform.redis(), TIMELINE_MAX);
    for (int person = 0; person < PEOPLE; person++) {
      var uid = new Uid(uid(person));
      List<PostEntry> entries =
          following(person).stream()
              .flatMap(author -> byAuthor.getOrDefault(author, List.of()).stream())
              .sorted()
              .toList();
      timelines.begin(uid, "benchmark");
      timelines.finish(uid, "benchmark", new Slice(entries, null));
    }
  }
}

package dev.fireside.acceptance.seed;

import com.github.f4b6a3.ulid.UlidFactory;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostRef;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.ReactionKind;
import dev.fireside.social.domain.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A world of people, follows, posts, comments and reactions, the same for the same sizes: who is
/// followed and who posts follows a power law, as in real networks.
final class DemoWorld {
  private static final long RANDOM_SEED = 42;
  private static final Duration AGE_MAX = Duration.ofDays(14);
  private static final int FOLLOWING_MIN = 5;
  private static final int FOLLOWING_SPREAD = 40;
  private static final double COMMENTS_PER_POST = 0.8;
  private static final double REACTIONS_PER_POST = 2.5;
  private static final List<String> FIRST_NAMES =
      List.of(
          "Ada",
          "Alan",
          "Barbara",
          "Dennis",
          "Edsger",
          "Frances",
          "Grace",
          "Hedy",
          "James",
          "Jean",
          "John",
          "Karen",
          "Ken",
          "Leslie",
          "Linus",
          "Margaret",
          "Mary",
          "Niklaus",
          "Radia",
          "Tim");
  private static final List<String> TOPICS =
      List.of("fireside", "music", "games", "cats", "travel", "cooking", "speedrun", "dance");
  private static final List<String> LINES =
      List.of(
          "Live tonight at eight, bring a blanket.",
          "New clip is up. The ending took nine takes.",
          "Who else saw the sky this morning?",
          "Level 40, finally.",
          "Soup weather.",
          "This song has been in my head all day.",
          "Ask me anything.",
          "Behind the scenes of yesterday's stream.");

  /// A person and how many things of theirs there are.
  record Person(Uid uid, String handle, String displayName, Instant createdAt) {}

  /// An edge of the follow graph.
  record Follow(String id, Uid follower, Uid followee, Instant createdAt) {}

  /// A comment at the top level of a thread.
  record Comment(String id, String postId, Uid author, String text, Instant createdAt) {}

  /// What one person reacted to one post with.
  record Reaction(String id, String postId, Uid uid, ReactionKind kind) {}

  private final Random random = new Random(RANDOM_SEED);
  private final UlidFactory ulids = UlidFactory.newInstance(new Random(RANDOM_SEED));
  private final Instant now;
  private final List<Person> people = new ArrayList<>();
  private final List<Follow> follows = new ArrayList<>();
  private final List<Post> posts = new ArrayList<>();
  private final List<Comment> comments = new ArrayList<>();
  private final List<Reaction> reactions = new ArrayList<>();

  DemoWorld(int peopleCount, int postCount, Instant now) {
    this.now = now;
    for (int i = 0; i < peopleCount; i++) {
      people.add(person(i));
    }
    makeFollows();
    makePosts(postCount);
    makeComments((int) (postCount * COMMENTS_PER_POST));
    makeReactions((int) (postCount * REACTIONS_PER_POST));
    countEverything();
  }

  List<Person> people() {
    return people;
  }

  List<Follow> follows() {
    return follows;
  }

  /// Posts with their totals, oldest first.
  List<Post> posts() {
    return posts;
  }

  List<Comment> comments() {
    return comments;
  }

  List<Reaction> reactions() {
    return reactions;
  }

  private Person person(int index) {
    String name = FIRST_NAMES.get(index % FIRST_NAMES.size());
    String number = String.format(Locale.ROOT, "%04d", index);
    return new Person(
        new Uid("demo" + number),
        name.toLowerCase(Locale.ROOT) + number,
        name + " " + number,
        now.minus(AGE_MAX.multipliedBy(2)).plusSeconds(index));
  }

  private void makeFollows() {
    var popularity = new Zipf(people.size(), 0.8);
    for (Person person : people) {
      int wanted = Math.min(people.size() - 1, FOLLOWING_MIN + random.nextInt(FOLLOWING_SPREAD));
      Set<Integer> chosen = new LinkedHashSet<>();
      for (int tries = 0; chosen.size() < wanted && tries < wanted * 20; tries++) {
        chosen.add(popularity.draw(random));
      }
      for (int index : chosen) {
        Person followee = people.get(index);
        if (!followee.uid().equals(person.uid())) {
          Instant at = past(AGE_MAX.multipliedBy(2));
          follows.add(new Follow(ulid(at), person.uid(), followee.uid(), at));
        }
      }
    }
  }

  private void makePosts(int count) {
    var activity = new Zipf(people.size(), 0.6);
    List<Instant> times = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      times.add(past(AGE_MAX));
    }
    times.sort(Comparator.naturalOrder());
    var reposted = new LinkedHashSet<String>();
    for (Instant at : times) {
      Uid author = people.get(activity.draw(random)).uid();
      double draw = random.nextDouble();
      PostKind kind =
          posts.size() < 100 || draw >= 0.20
              ? PostKind.ORIGINAL
              : draw < 0.12 ? PostKind.REPOST : PostKind.QUOTE;
      Post target = kind == PostKind.ORIGINAL ? null : target();
      if (kind == PostKind.REPOST && target != null && !reposted.add(target.id() + author)) {
        kind = PostKind.QUOTE;
      }
      posts.add(post(at, author, kind, target));
    }
  }

  private Post post(Instant at, Uid author, PostKind kind, @Nullable Post target) {
    String topic = TOPICS.get(random.nextInt(TOPICS.size()));
    String text =
        kind == PostKind.REPOST ? "" : LINES.get(random.nextInt(LINES.size())) + " #" + topic;
    return new Post(
        ulid(at),
        author,
        kind,
        text,
        List.of(),
        target == null ? null : new PostRef(target.id(), target.author()),
        kind == PostKind.REPOST ? Visibility.PUBLIC : visibility(),
        PostStatus.ACTIVE,
        kind == PostKind.REPOST ? List.of() : List.of(topic),
        List.of(),
        target == null ? List.of() : target.quotedAllTheWay(),
        Map.of(),
        at,
        null);
  }

  private Visibility visibility() {
    double draw = random.nextDouble();
    return draw < 0.92
        ? Visibility.PUBLIC
        : draw < 0.98 ? Visibility.FOLLOWERS : Visibility.PRIVATE;
  }

  /// A recent public post that is no repost.
  private Post target() {
    while (true) {
      int back = 1 + (int) (Math.pow(random.nextDouble(), 2) * (posts.size() - 1));
      Post post = posts.get(posts.size() - back);
      if (post.kind() != PostKind.REPOST && post.visibility() == Visibility.PUBLIC) {
        return post;
      }
    }
  }

  private void makeComments(int count) {
    for (int i = 0; i < count; i++) {
      Post post = popularPost();
      Instant at = after(post.createdAt());
      comments.add(
          new Comment(ulid(at), post.id(), anybody(), LINES.get(random.nextInt(LINES.size())), at));
    }
  }

  private void makeReactions(int count) {
    var seen = new LinkedHashSet<String>();
    ReactionKind[] kinds = ReactionKind.values();
    for (int i = 0; i < count; i++) {
      Post post = popularPost();
      Uid uid = anybody();
      if (seen.add(post.id() + uid)) {
        ReactionKind kind =
            random.nextDouble() < 0.7 ? ReactionKind.LIKE : kinds[random.nextInt(kinds.length)];
        reactions.add(new Reaction(ulid(after(post.createdAt())), post.id(), uid, kind));
      }
    }
  }

  private Post popularPost() {
    while (true) {
      Post post = posts.get((int) (Math.sqrt(random.nextDouble()) * posts.size()));
      if (post.visibility() == Visibility.PUBLIC && post.kind() != PostKind.REPOST) {
        return post;
      }
    }
  }

  private void countEverything() {
    Map<String, Map<String, Long>> counts = new HashMap<>();
    reactions.forEach(reaction -> add(counts, reaction.postId(), WireNames.of(reaction.kind())));
    comments.forEach(comment -> add(counts, comment.postId(), "comments"));
    for (Post post : posts) {
      if (post.ref() != null) {
        add(counts, post.ref().id(), post.kind() == PostKind.REPOST ? "reposts" : "quotes");
      }
    }
    posts.replaceAll(post -> post.withCounts(counts.getOrDefault(post.id(), Map.of())));
  }

  private static void add(Map<String, Map<String, Long>> counts, String postId, String name) {
    counts.computeIfAbsent(postId, id -> new LinkedHashMap<>()).merge(name, 1L, Long::sum);
  }

  private Uid anybody() {
    return people.get(random.nextInt(people.size())).uid();
  }

  private Instant past(Duration atMost) {
    return now.minusMillis((long) (random.nextDouble() * atMost.toMillis()));
  }

  private Instant after(Instant start) {
    long span = Duration.between(start, now).toMillis();
    return start.plusMillis((long) (random.nextDouble() * Math.max(1, span)));
  }

  private String ulid(Instant at) {
    return ulids.create(at.toEpochMilli()).toString();
  }
}

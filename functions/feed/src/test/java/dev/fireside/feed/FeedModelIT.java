package dev.fireside.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.feed.domain.FanOutState;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostRef;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.Visibility;
import dev.fireside.social.store.PostDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Compares feeds in a small random world with what a straight look at all documents says.
class FeedModelIT {
  private static final int PEOPLE = 30;
  private static final int STEPS = 200;
  private static final List<Visibility> VISIBILITIES =
      List.of(
          Visibility.PUBLIC,
          Visibility.PUBLIC,
          Visibility.PUBLIC,
          Visibility.FOLLOWERS,
          Visibility.PRIVATE);

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .with(Map.of("FEED_PULL_THRESHOLD", "7", "FEED_TIMELINE_MAX", "24"));

  private World world;

  @BeforeEach
  void startEmpty() {
    fireside.resetData();
    world = new World(fireside);
  }

  @Test
  void everyFeedIsWhatTheDocumentsSay() {
    var random = new Random(20_261_101);
    fireside.faults().setAll(Fault.reorder(Duration.ofMillis(30)));
    live(random);
    fireside.settle();
    assertFeedsAreRight(random);

    fireside.faults().setAll(Fault.duplicate(1));
    live(random);
    fireside.settle();
    assertFeedsAreRight(random);

    fireside.flushRedis();
    assertFeedsAreRight(random);
    live(random);
    fireside.settle();
    assertFeedsAreRight(random);
  }

  @Test
  void everyFeedIsRightWithoutRedisAndWhenItIsBack() {
    var random = new Random(7);
    live(random);
    fireside.settle();

    fireside.killRedis();
    assertFeedsAreRight(random);

    fireside.restartRedis();
    assertFeedsAreRight(random);
  }

  private void live(Random random) {
    world.people(all());
    // Whoever was switched to pull before is not pushed any more.
    fireside.clock().advance(FanOutState.GRACE.multipliedBy(2));
    var posts = new ArrayList<PostRef>();
    for (int i = 0; i < STEPS; i++) {
      String one = person(random);
      String other = person(random);
      int dice = random.nextInt(100);
      if (dice < 32) {
        var visibility = VISIBILITIES.get(random.nextInt(VISIBILITIES.size()));
        String id = fireside.platform().ids().next();
        world.post(id, one, visibility);
        if (random.nextInt(4) == 0) {
          world.change(id, Map.of("mentions", List.of(other)));
        }
        posts.add(new PostRef(id, new Uid(one)));
      } else if (dice < 45 && !posts.isEmpty()) {
        PostRef shown = posts.get(random.nextInt(posts.size()));
        if (random.nextBoolean()) {
          world.repost(one, shown.id(), shown.author().value());
        } else {
          String id = world.quote(one, shown.id(), shown.author().value());
          posts.add(new PostRef(id, new Uid(one)));
        }
      } else if (dice < 72 && !one.equals(other)) {
        world.follow(one, other);
      } else if (dice < 79 && !one.equals(other)) {
        world.unfollow(one, other);
      } else if (dice < 81 && !one.equals(other)) {
        world.block(one, other);
      } else if (dice < 82 && !one.equals(other)) {
        world.unblock(one, other);
      } else if (dice < 84 && !one.equals(other)) {
        world.mute(one, other);
      } else if (dice < 85 && !one.equals(other)) {
        world.unmute(one, other);
      } else if (dice < 88 && !posts.isEmpty()) {
        String status = List.of("deleted", "hidden").get(random.nextInt(2));
        world.change(posts.get(random.nextInt(posts.size())).id(), Map.of("status", status));
      } else if (dice < 89) {
        world.status(one, List.of("suspended", "deleted", "active").get(random.nextInt(3)));
      } else {
        world.page(one, "limit=" + (1 + random.nextInt(5)));
      }
    }
  }

  private void assertFeedsAreRight(Random random) {
    // What readers keep of pulled authors for a few seconds is out of date.
    fireside.clock().advance(Duration.ofSeconds(10));
    var model = new Model(fireside.platform().documents());
    for (String uid : all()) {
      int limit = 1 + random.nextInt(30);
      assertThat(world.feed(uid, limit))
          .as("feed of %s in pages of %d", uid, limit)
          .isEqualTo(model.feed(uid));
    }
  }

  private static String[] all() {
    String[] uids = new String[PEOPLE];
    for (int i = 0; i < PEOPLE; i++) {
      uids[i] = "p" + i;
    }
    return uids;
  }

  /// Some are far more popular than others.
  private static String person(Random random) {
    return "p" + Math.min(random.nextInt(PEOPLE), random.nextInt(PEOPLE));
  }

  /// The rules of the feed, said once more in the simplest way.
  private static final class Model {
    private final Map<String, Post> posts = new HashMap<>();
    private final Map<String, String> statuses = new HashMap<>();
    private final Set<String> follows = new HashSet<>();
    private final Set<String> blocks = new HashSet<>();
    private final Set<String> mutes = new HashSet<>();

    Model(Documents documents) {
      for (Document document : documents.list(documents.collection("posts"))) {
        Post post = PostDocument.parse(document);
        posts.put(post.id(), post);
      }
      for (Document document : documents.list(documents.collection("users"))) {
        statuses.put(document.id(), document.fields().requiredText("status"));
      }
      names(documents, "follows", follows);
      names(documents, "blocks", blocks);
      names(documents, "mutes", mutes);
    }

    private static void names(Documents documents, String collection, Set<String> names) {
      documents
          .list(documents.collection(collection))
          .forEach(document -> names.add(document.id()));
    }

    List<String> feed(String viewer) {
      return posts.values().stream()
          .filter(post -> isTheirs(viewer, post) || follows(viewer, author(post)))
          .filter(post -> shows(viewer, post))
          .sorted(Comparator.comparing(Post::id).reversed())
          .filter(onceEach())
          .map(Post::id)
          .toList();
    }

    /// A post comes once, in the place of its latest repost.
    private static Predicate<Post> onceEach() {
      var seen = new HashSet<String>();
      return post -> seen.add(post.kind() == PostKind.REPOST ? post.ref().id() : post.id());
    }

    private boolean shows(String viewer, Post post) {
      if (!isWanted(viewer, post) || involvesUnwanted(viewer, post)) {
        return false;
      }
      if (post.ref() == null) {
        return true;
      }
      Post shown = posts.get(post.ref().id());
      if (shown != null && isWanted(viewer, shown)) {
        return !involvesUnwanted(viewer, shown);
      }
      return post.kind() == PostKind.QUOTE;
    }

    /// Whether it names somebody or shows, also through other posts, what is somebody's whom the
    /// viewer wants nothing to do with.
    private boolean involvesUnwanted(String viewer, Post post) {
      var others = new HashSet<String>();
      if (!isTheirs(viewer, post)) {
        post.mentions().forEach(named -> others.add(named.value()));
      }
      for (Post at = post; at != null && at.ref() != null; at = posts.get(at.ref().id())) {
        others.add(at.ref().author().value());
      }
      return others.stream().anyMatch(other -> apart(viewer, other) || mutes(viewer, other));
    }

    private boolean isWanted(String viewer, Post post) {
      String author = author(post);
      if (!statuses.get(author).equals("active") || post.status() == PostStatus.DELETED) {
        return false;
      }
      if (isTheirs(viewer, post)) {
        return true;
      }
      return post.status() == PostStatus.ACTIVE
          && !apart(viewer, author)
          && !mutes(viewer, author)
          && switch (post.visibility()) {
            case PUBLIC -> true;
            case FOLLOWERS -> follows(viewer, author);
            case PRIVATE -> false;
          };
    }

    private static String author(Post post) {
      return post.author().value();
    }

    private static boolean isTheirs(String viewer, Post post) {
      return author(post).equals(viewer);
    }

    private boolean follows(String viewer, String author) {
      return follows.contains(viewer + ":" + author);
    }

    private boolean mutes(String viewer, String author) {
      return mutes.contains(viewer + ":" + author);
    }

    private boolean apart(String viewer, String author) {
      return blocks.contains(viewer + ":" + author) || blocks.contains(author + ":" + viewer);
    }
  }
}

package dev.fireside.posts.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeatTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Duration HALF_LIFE = Duration.ofHours(6);
  private static final Heat HEAT = new Heat(HALF_LIFE);

  private static Post post(Instant createdAt, Map<String, Long> counts) {
    return new Post(
        "01ARZ3NDEKTSV4RRFFQ69G5FAV",
        new Uid("ann"),
        PostKind.ORIGINAL,
        "x",
        List.of(),
        null,
        Visibility.PUBLIC,
        PostStatus.ACTIVE,
        List.of(),
        List.of(),
        List.of(),
        counts,
        createdAt,
        null);
  }

  @Test
  void startsAtFiveSigns() {
    assertThat(HEAT.of(post(NOON, Map.of("like", 4L)))).isEmpty();
    assertThat(HEAT.of(post(NOON, Map.of("like", 5L)))).isPresent();
    assertThat(HEAT.of(post(NOON, Map.of("like", 1L, "reposts", 1L, "quotes", 1L)))).isPresent();
    assertThat(HEAT.of(post(NOON, Map.of("comments", 2L, "wow", 2L)))).isEmpty();
  }

  @Test
  void isOnlyForWhatEverybodyMaySee() {
    Post hot = post(NOON, Map.of("like", 50L));
    assertThat(HEAT.of(hot.withStatus(PostStatus.HIDDEN))).isEmpty();
    assertThat(HEAT.of(hot.withStatus(PostStatus.DELETED))).isEmpty();
  }

  @Test
  void isWorthOneHalfLifeWhenTheScoreDoubles() {
    // (9 - 1)² is four times (5 - 1)²: two half-lives older is as hot.
    double old =
        HEAT.of(post(NOON.minus(HALF_LIFE.multipliedBy(2)), Map.of("like", 9L))).orElseThrow();
    double fresh = HEAT.of(post(NOON, Map.of("like", 5L))).orElseThrow();
    assertThat(old).isCloseTo(fresh, within(1e-9));
  }

  @Test
  void ordersLikeTheDecayedScoreAtAnyTime() {
    var random = new Random(7);
    var posts = new ArrayList<Post>();
    for (int i = 0; i < 300; i++) {
      posts.add(
          post(
              NOON.minusSeconds(random.nextInt(200_000)),
              Map.of("like", 5L + random.nextInt(5_000))));
    }
    var byHeat = new ArrayList<>(posts);
    byHeat.sort(Comparator.comparingDouble((Post p) -> HEAT.of(p).orElseThrow()));
    for (Duration later : List.of(Duration.ZERO, Duration.ofDays(3))) {
      var byScore = new ArrayList<>(posts);
      byScore.sort(Comparator.comparingDouble((Post p) -> decayed(p, NOON.plus(later))));
      for (int i = 0; i < posts.size(); i++) {
        assertThat(decayed(byHeat.get(i), NOON.plus(later)))
            .isCloseTo(
                decayed(byScore.get(i), NOON.plus(later)),
                org.assertj.core.data.Percentage.withPercentage(1e-6));
      }
    }
  }

  private static double decayed(Post post, Instant now) {
    double surplus = post.counts().get("like") - 1.0;
    double age = Duration.between(post.createdAt(), now).toSeconds();
    return surplus * surplus * Math.pow(0.5, age / HALF_LIFE.toSeconds());
  }
}

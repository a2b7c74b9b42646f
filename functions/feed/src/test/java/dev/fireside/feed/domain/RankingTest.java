package dev.fireside.feed.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.PostEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {
  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");

  @Test
  void putsTheNewerOfOtherwiseEqualsFirst() {
    Candidate old = candidate("ada", Duration.ofHours(5), 0, false, true);
    Candidate fresh = candidate("bob", Duration.ofHours(1), 0, false, true);

    assertThat(rank(old, fresh)).containsExactly(fresh.entry(), old.entry());
  }

  @Test
  void whatManyLikedOutlastsWhatNobodyDid() {
    Candidate liked = candidate("ada", Duration.ofHours(12), 100, false, true);
    Candidate plain = candidate("bob", Duration.ofHours(1), 0, false, true);

    assertThat(rank(plain, liked)).containsExactly(liked.entry(), plain.entry());
  }

  @Test
  void prefersAuthorsTheViewerReactsTo() {
    Candidate reactedTo = candidate("ada", Duration.ofHours(30), 0, true, true);
    Candidate same = candidate("ada", Duration.ofHours(2), 0, false, true);
    Candidate other = candidate("bob", Duration.ofHours(1), 0, false, true);

    assertThat(rank(reactedTo, other, same)).startsWith(same.entry(), other.entry());
  }

  @Test
  void prefersFollowedPeopleToStrangers() {
    Candidate stranger = candidate("ada", Duration.ofHours(1), 0, false, false);
    Candidate followed = candidate("bob", Duration.ofHours(2), 0, false, true);

    assertThat(rank(stranger, followed)).containsExactly(followed.entry(), stranger.entry());
  }

  @Test
  void doesNotLetOneAuthorFillThePage() {
    Candidate first = candidate("ada", Duration.ofMinutes(1), 3, false, true);
    Candidate second = candidate("ada", Duration.ofMinutes(2), 3, false, true);
    Candidate other = candidate("bob", Duration.ofMinutes(3), 2, false, true);

    assertThat(rank(second, first, other))
        .containsExactly(first.entry(), other.entry(), second.entry());
  }

  @Test
  void discountsEachFurtherPostOfAnAuthorDownToAQuarter() {
    assertThat(Ranking.discount(0)).isEqualTo(1);
    assertThat(Ranking.discount(1)).isEqualTo(0.625);
    assertThat(Ranking.discount(60)).isCloseTo(0.25, within(1e-9));
  }

  @Test
  void aClockThatRunsAheadOutbidsNobody() {
    Candidate future = candidate("ada", Duration.ofDays(-30), 0, false, true);
    Candidate liked = candidate("bob", Duration.ofMinutes(1), 5, false, true);

    assertThat(rank(future, liked)).containsExactly(liked.entry(), future.entry());
  }

  @Test
  void keepsEveryCandidateOnce() {
    Candidate[] many = new Candidate[50];
    for (int i = 0; i < many.length; i++) {
      many[i] = candidate("u" + i % 7, Duration.ofMinutes(i), i % 5, i % 3 == 0, i % 2 == 0);
    }

    assertThat(rank(many)).hasSize(50).doesNotHaveDuplicates();
  }

  private static List<PostEntry> rank(Candidate... candidates) {
    return Ranking.rank(List.of(candidates), NOW);
  }

  private static Candidate candidate(
      String author, Duration age, long engagement, boolean reacted, boolean followed) {
    String id = Ids.lowest(NOW.minus(age));
    return new Candidate(
        new PostEntry(id, new Uid(author), null), id, engagement, reacted, followed);
  }
}

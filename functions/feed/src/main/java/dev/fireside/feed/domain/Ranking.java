package dev.fireside.feed.domain;

import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.PostEntry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;

/// Orders the candidates of a ranked feed: new, liked by many, from people the viewer reacts to,
/// and not all from one author.
///
/// `score = 0.5^(age / half-life) · (1 + log2(1 + engagement)) · (1 + log2(1 + affinity)) ·
/// source`, times an author's discount `0.75 · 0.5^k + 0.25` for their k-th best post
/// (<https://github.com/twitter/the-algorithm>, DiversityDiscountProvider).
public final class Ranking {
  private static final Duration HALF_LIFE = Duration.ofHours(12);
  private static final double STRANGER_FACTOR = 0.75;
  private static final double DISCOUNT = 0.5;
  private static final double DISCOUNT_FLOOR = 0.25;

  private Ranking() {}

  /// The posts of the candidates, best first; of equals the newest.
  public static List<PostEntry> rank(List<Candidate> candidates, Instant now) {
    var affinity = new HashMap<Uid, Integer>();
    for (Candidate candidate : candidates) {
      if (candidate.reacted()) {
        affinity.merge(candidate.author(), 1, Integer::sum);
      }
    }
    var scored = new ArrayList<Scored>();
    for (Candidate candidate : candidates) {
      int reactions = affinity.getOrDefault(candidate.author(), 0);
      scored.add(new Scored(candidate.entry(), score(candidate, reactions, now)));
    }
    scored.sort(BEST_FIRST);
    var seen = new HashMap<Uid, Integer>();
    var varied = new ArrayList<Scored>();
    for (Scored one : scored) {
      int earlier = seen.merge(one.entry.author(), 1, Integer::sum) - 1;
      varied.add(new Scored(one.entry, one.score * discount(earlier)));
    }
    varied.sort(BEST_FIRST);
    return varied.stream().map(Scored::entry).toList();
  }

  /// What the post after `earlier` better ones of the same author keeps of its score.
  static double discount(int earlier) {
    return (1 - DISCOUNT_FLOOR) * Math.pow(DISCOUNT, earlier) + DISCOUNT_FLOOR;
  }

  private static double score(Candidate candidate, int affinity, Instant now) {
    // A clock that runs ahead must not outbid everybody.
    long age = Math.max(0, Duration.between(candidate.createdAt(), now).toMillis());
    return Math.pow(0.5, (double) age / HALF_LIFE.toMillis())
        * (1 + log2(1 + candidate.engagement()))
        * (1 + log2(1 + affinity))
        * (candidate.followed() ? 1 : STRANGER_FACTOR);
  }

  private static double log2(long value) {
    return Math.log((double) value) / Math.log(2);
  }

  private static final Comparator<Scored> BEST_FIRST =
      Comparator.comparingDouble(Scored::score).reversed().thenComparing(Scored::entry);

  private record Scored(PostEntry entry, double score) {}
}

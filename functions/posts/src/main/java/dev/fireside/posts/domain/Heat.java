package dev.fireside.posts.domain;

import dev.fireside.shared.json.WireNames;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.ReactionKind;
import dev.fireside.social.domain.Visibility;
import java.time.Duration;
import java.util.OptionalDouble;

/// How much a post trends, as one number that never has to be touched again while time passes.
///
/// A post's score is (observed - expected)² / expected, as Mastodon has it, with an expectation of
/// 1; it halves every half-life of the post's age. Order by `score · 0.5^(age / halfLife)` is order
/// by its logarithm, `log2(score) - (now - created) / halfLife`, and `now` is the same for all: so
/// `log2(score) + created / halfLife` puts posts in the same order at any time (forward decay,
/// Cormode et al., ICDE 2009).
///
/// @param halfLife time in which a score halves; a change reorders only what is counted after it
public record Heat(Duration halfLife) {
  /// Fewer signs of interest than this are the author's friends, not a trend (Mastodon's figure).
  public static final long OBSERVED_MIN = 5;

  private static final long EXPECTED = 1;
  private static final long REACTION_WEIGHT = 1;
  private static final long COMMENT_WEIGHT = 1;

  /// Who shares a post puts their own name to it before their followers; X, too, weighs it twice a
  /// like.
  private static final long SHARE_WEIGHT = 2;

  public Heat {
    if (halfLife.toSeconds() < 1) {
      throw new IllegalArgumentException("A half-life is at least a second");
    }
  }

  /// The heat of a post; empty for one that does not trend.
  public OptionalDouble of(Post post) {
    long observed = observed(post);
    if (observed < OBSERVED_MIN || !mayTrend(post)) {
      return OptionalDouble.empty();
    }
    double surplus = observed - EXPECTED;
    double score = Math.max(1, surplus * surplus / EXPECTED);
    double halfLives = (double) post.createdAt().getEpochSecond() / halfLife.toSeconds();
    return OptionalDouble.of(Math.log(score) / Math.log(2) + halfLives);
  }

  private static boolean mayTrend(Post post) {
    return post.kind() != PostKind.REPOST
        && post.visibility() == Visibility.PUBLIC
        && post.status() == PostStatus.ACTIVE;
  }

  private static long observed(Post post) {
    long observed = 0;
    for (ReactionKind kind : ReactionKind.values()) {
      observed += REACTION_WEIGHT * total(post, WireNames.of(kind));
    }
    observed += COMMENT_WEIGHT * total(post, WireNames.of(Tally.COMMENTS));
    observed += SHARE_WEIGHT * total(post, WireNames.of(Tally.REPOSTS));
    return observed + SHARE_WEIGHT * total(post, WireNames.of(Tally.QUOTES));
  }

  private static long total(Post post, String name) {
    return post.counts().getOrDefault(name, 0L);
  }
}

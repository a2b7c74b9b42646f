package dev.fireside.posts.store;

import dev.fireside.posts.domain.Heat;
import dev.fireside.shared.Platform;
import dev.fireside.social.store.PostAssembler;
import dev.fireside.social.store.PostReader;
import java.time.Duration;

/// The stores of this module, made together.
public record Stores(
    PostStore posts,
    CommentStore comments,
    ReactionStore reactions,
    TotalStore totals,
    PostGate gate,
    People people,
    PurgeStore purge,
    PostReader reader,
    PostAssembler assembler) {
  private static final Duration HALF_LIFE = Duration.ofHours(6);

  public Stores(Platform platform) {
    this(
        platform,
        new PostStore(
            platform, new Heat(platform.config().duration("TRENDING_HALF_LIFE", HALF_LIFE))));
  }

  private Stores(Platform platform, PostStore posts) {
    this(
        posts,
        new CommentStore(platform),
        new ReactionStore(platform),
        new TotalStore(platform, posts),
        new PostGate(platform),
        new People(platform),
        new PurgeStore(platform),
        new PostReader(platform),
        new PostAssembler(platform));
  }
}

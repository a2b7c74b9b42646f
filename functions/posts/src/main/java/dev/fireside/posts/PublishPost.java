package dev.fireside.posts;

import dev.fireside.posts.store.Stores;
import dev.fireside.shared.ids.Ids;
import dev.fireside.social.domain.Entities;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.Publication;
import dev.fireside.social.domain.Visibility;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// Brings the post of a publication in line with it, as it is now: the post is written once, shown
/// to whom the publication says, and deleted when that is taken back.
final class PublishPost {
  /// Events come again for a day. A post that is missing after that was deleted and purged.
  private static final Duration WRITTEN_WITHIN = Duration.ofDays(2);

  private final Stores stores;
  private final Clock clock;

  PublishPost(Stores stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  void publish(String id) {
    stores.posts().publication(id).ifPresent(this::publish);
  }

  private void publish(Publication publication) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Visibility visibility = publication.visibility();
    boolean isNew = Ids.instantOf(publication.id()).plus(WRITTEN_WITHIN).isAfter(now);
    if (visibility != null && isNew && stores.posts().create(post(publication, visibility))) {
      return;
    }
    stores
        .posts()
        .change(
            publication.id(),
            now,
            post ->
                visibility == null
                    ? post.withStatus(PostStatus.DELETED)
                    : post.withVisibility(visibility));
  }

  private Post post(Publication publication, Visibility visibility) {
    Entities entities = Entities.of(publication.text());
    return new Post(
        publication.id(),
        publication.author(),
        PostKind.ORIGINAL,
        publication.text(),
        publication.media(),
        null,
        visibility,
        PostStatus.ACTIVE,
        entities.hashtags(),
        stores.people().mentioned(entities),
        List.of(),
        Map.of(),
        Ids.instantOf(publication.id()),
        null);
  }
}

package dev.fireside.posts.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostRef;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.domain.Relation;
import dev.fireside.social.domain.Sight;
import dev.fireside.social.store.PostReader;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.ReactionReader;
import dev.fireside.social.store.RelationReader;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides whether somebody may see the post they want to do something with: one Redis round trip,
/// no read of Firestore when the caches are warm.
public final class PostGate {
  /// Entries kept in the process. Who wrote a post and what it shows never changes, and knowing
  /// them beforehand saves a round trip.
  private static final int ENTRIES_MAX = 50_000;

  private final Redis redis;
  private final PostReader posts;
  private final ProfileReader profiles;
  private final RelationReader relations;
  private final ReactionReader reactions;
  private final Cache<String, PostEntry> entries =
      Caffeine.newBuilder().maximumSize(ENTRIES_MAX).build();

  public PostGate(Platform platform) {
    this.redis = platform.redis();
    this.posts = new PostReader(platform);
    this.profiles = new ProfileReader(platform);
    this.relations = new RelationReader(platform);
    this.reactions = new ReactionReader(platform);
  }

  /// Looks at a post. Who looks at a repost sees the original, if they may see both.
  ///
  /// @param viewer null for anonymous viewers
  public Sighting look(@Nullable Uid viewer, String id) {
    PostEntry entry = entry(id);
    if (entry == null) {
      return new Sighting(id, null, null, List.of());
    }
    PostRef ref = entry.ref();
    Set<String> ids = new LinkedHashSet<>(List.of(id));
    Set<Uid> authors = new LinkedHashSet<>(List.of(entry.author()));
    if (ref != null) {
      ids.add(ref.id());
      authors.add(ref.author());
    }
    Set<Uid> people = new LinkedHashSet<>(authors);
    if (viewer != null) {
      people.add(viewer);
    }
    Batch batch = redis.batch();
    var postLookup = posts.lookup(batch, ids);
    var profileLookup = profiles.lookup(batch, people);
    var relationLookup = relations.lookup(batch, viewer, authors);
    var reactionLookup = reactions.lookup(batch, viewer, ids);
    batch.runOrGiveUp();
    var facts = new Facts(viewer, postLookup.get(), profileLookup.get(), relationLookup.get());
    Post post = facts.visible(id);
    // A repost is never meant itself: it has no text to answer and no totals of its own.
    boolean isRepost = facts.isRepost(id);
    String meant = isRepost && ref != null ? ref.id() : id;
    Post shown = isRepost && post != null ? facts.visible(meant) : post;
    return new Sighting(
        meant, shown, facts.caller(), reactionLookup.get().getOrDefault(meant, List.of()));
  }

  private @Nullable PostEntry entry(String id) {
    PostEntry known = entries.getIfPresent(id);
    if (known == null) {
      known = posts.get(id).map(PostEntry::of).orElse(null);
      if (known != null) {
        entries.put(id, known);
      }
    }
    return known;
  }

  private record Facts(
      @Nullable Uid viewer,
      Map<String, Post> posts,
      Map<Uid, Profile> profiles,
      Map<Uid, Relation> relations) {

    @Nullable Post visible(String id) {
      Post post = posts.get(id);
      return post != null
              && Sight.ofPost(
                  viewer,
                  post,
                  profiles.get(post.author()),
                  relations.getOrDefault(post.author(), Relation.NONE))
          ? post
          : null;
    }

    boolean isRepost(String id) {
      Post post = posts.get(id);
      return post != null && post.kind() == PostKind.REPOST;
    }

    @Nullable Profile caller() {
      Profile profile = viewer == null ? null : profiles.get(viewer);
      return profile != null && profile.isActive() ? profile : null;
    }
  }
}

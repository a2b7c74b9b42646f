package dev.fireside.social.store;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostRef;
import dev.fireside.social.domain.PostView;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.domain.Relation;
import dev.fireside.social.domain.Sight;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Turns entries into what a viewer is shown: looks everything up in one Redis round trip
/// (Firestore for the misses), applies the rules of sight, and adds the viewer's own state.
public final class PostAssembler {
  private final Redis redis;
  private final PostReader posts;
  private final ProfileReader profiles;
  private final RelationReader relations;
  private final ReactionReader reactions;
  private final ShownPosts shown = new ShownPosts();

  /// Why posts are shown.
  public enum Purpose {
    /// Somebody asked for them: muted people are shown.
    READ,
    /// They come by themselves: left out is whatever comes from muted people, or has to do with
    /// blocked or muted ones: shows their posts, also through posts in between, or names them.
    FEED,
    /// They come because the viewer follows their authors: as [#FEED], and posts of others than
    /// those and the viewer are left out.
    HOME
  }

  public PostAssembler(Platform platform) {
    this.redis = platform.redis();
    this.posts = new PostReader(platform);
    this.profiles = new ProfileReader(platform);
    this.relations = new RelationReader(platform);
    this.reactions = new ReactionReader(platform);
  }

  /// The posts that `viewer` may see, in the order of `entries`; the others are left out.
  ///
  /// @param viewer null for anonymous viewers
  public List<PostView> assemble(
      @Nullable Uid viewer, Collection<PostEntry> entries, Purpose purpose) {
    if (entries.isEmpty()) {
      return List.of();
    }
    Facts facts = look(viewer, entries, purpose);
    var views = new ArrayList<PostView>();
    for (PostEntry entry : entries) {
      PostView view = facts.view(entry.id(), purpose);
      if (view != null) {
        views.add(view);
      }
    }
    return views;
  }

  /// An original as its author is shown it who has just written it: without looking anything up.
  public static PostView fresh(Post post, Profile author) {
    return ShownPosts.fresh(post, author);
  }

  private Facts look(@Nullable Uid viewer, Collection<PostEntry> entries, Purpose purpose) {
    Set<String> ids = all(entries, PostEntry::id, PostRef::id);
    Set<Uid> people = all(entries, PostEntry::author, PostRef::author);
    Batch batch = redis.batch();
    var postLookup = posts.lookup(batch, ids);
    var profileLookup = profiles.lookup(batch, people);
    var relationLookup = relations.lookup(batch, viewer, people);
    var reactionLookup = reactions.lookup(batch, viewer, ids);
    batch.runOrGiveUp();
    Map<String, Post> found = postLookup.get();
    Map<Uid, Relation> known = relationLookup.get();
    if (purpose != Purpose.READ) {
      // Only the posts say this. Most involve nobody else: then it costs no round trip.
      Set<Uid> others = new LinkedHashSet<>();
      found.values().forEach(post -> others.addAll(involved(post)));
      others.removeAll(people);
      if (!others.isEmpty()) {
        known = new HashMap<>(known);
        known.putAll(relationLookup.getAlso(others));
      }
    }
    return new Facts(shown, viewer, found, profileLookup.get(), known, reactionLookup.get());
  }

  /// Whom a post has to do with besides its author.
  private static List<Uid> involved(Post post) {
    if (post.mentions().isEmpty()) {
      return post.quotedAllTheWay();
    }
    var involved = new ArrayList<>(post.quotedAllTheWay());
    involved.addAll(post.mentions());
    return involved;
  }

  private static <T> Set<T> all(
      Collection<PostEntry> entries, Function<PostEntry, T> own, Function<PostRef, T> ofRef) {
    Set<T> result = new LinkedHashSet<>();
    for (PostEntry entry : entries) {
      if (entry.ref() != null) {
        result.add(ofRef.apply(entry.ref()));
      }
      result.add(own.apply(entry));
    }
    return result;
  }

  /// Everything that was looked up for one page.
  private record Facts(
      ShownPosts shown,
      @Nullable Uid viewer,
      Map<String, Post> posts,
      Map<Uid, Profile> profiles,
      Map<Uid, Relation> relations,
      Map<String, List<String>> reactions) {

    @Nullable PostView view(String id, Purpose purpose) {
      Post post = posts.get(id);
      if (post == null || !isShown(post, purpose) || !mayInvolve(post, purpose)) {
        return null;
      }
      PostRef ref = post.ref();
      if (ref == null) {
        return present(post, null, null);
      }
      Post below = posts.get(ref.id());
      PostView shown = refView(below, purpose);
      if (below != null && shown != null) {
        return mayInvolve(below, purpose) ? present(post, shown, null) : null;
      }
      return Sight.withoutRef(post.kind(), purpose == Purpose.READ, relation(ref.author()))
          ? present(post, null, true)
          : null;
    }

    private @Nullable PostView refView(@Nullable Post post, Purpose purpose) {
      Purpose below = purpose == Purpose.HOME ? Purpose.FEED : purpose;
      return post != null && isShown(post, below) ? present(post, null, null) : null;
    }

    /// Whether a post may be shown for all those it has to do with. Whom viewers name themselves,
    /// they know of.
    private boolean mayInvolve(Post post, Purpose purpose) {
      if (purpose == Purpose.READ || viewer == null) {
        return true;
      }
      List<Uid> others = post.author().equals(viewer) ? post.quotedAllTheWay() : involved(post);
      for (Uid other : others) {
        if (!Sight.mayInvolve(relation(other))) {
          return false;
        }
      }
      return true;
    }

    private boolean isShown(Post post, Purpose purpose) {
      Profile author = profiles.get(post.author());
      Relation relation = relation(post.author());
      return switch (purpose) {
        case READ -> Sight.ofPost(viewer, post, author, relation);
        case FEED -> Sight.inFeed(viewer, post, author, relation);
        case HOME -> Sight.inHome(viewer, post, author, relation);
      };
    }

    private Relation relation(Uid other) {
      return relations.getOrDefault(other, Relation.NONE);
    }

    private PostView present(Post post, @Nullable PostView ref, @Nullable Boolean unavailable) {
      Profile author = profiles.get(post.author());
      if (author == null) {
        throw new IllegalStateException("A post is shown only with its author");
      }
      List<String> own = viewer == null ? null : reactions.getOrDefault(post.id(), List.of());
      return shown.view(post, author, ref, unavailable, own);
    }
  }
}

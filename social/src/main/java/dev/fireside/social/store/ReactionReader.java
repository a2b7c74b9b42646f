package dev.fireside.social.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.VersionedHash;
import dev.fireside.shared.cache.VersionedHash.Field;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads a viewer's own reactions: one Redis hash a person, `reactions:{uid}`, copied from
/// `reactions/{post:uid}`.
public final class ReactionReader {
  private static final Duration TTL = Duration.ofHours(24);

  private final Redis redis;
  private final Documents documents;
  private final VersionedHash hash;

  public ReactionReader(Platform platform) {
    this.redis = platform.redis();
    this.documents = platform.documents();
    this.hash = new VersionedHash(platform.redis(), TTL);
  }

  /// What `viewer` reacted to each post with, by wire name; one round trip.
  public Map<String, List<String>> getAll(@Nullable Uid viewer, Collection<String> postIds) {
    Batch batch = redis.batch();
    Pending pending = lookup(batch, viewer, postIds);
    batch.runOrGiveUp();
    return pending.get();
  }

  /// Adds a lookup to a batch. An anonymous viewer (null) has no reactions.
  public Pending lookup(Batch batch, @Nullable Uid viewer, Collection<String> postIds) {
    var distinct = List.copyOf(new LinkedHashSet<>(postIds));
    return viewer == null || distinct.isEmpty()
        ? new Pending(null, distinct, () -> List.of())
        : new Pending(viewer, distinct, hash.lookup(batch, key(viewer), distinct));
  }

  /// Keeps what was written. Called after commits and by events.
  ///
  /// @return false while Redis is away: then an event has to come again
  @CanIgnoreReturnValue
  public boolean keep(Uid uid, String postId, List<String> kinds, long version) {
    return hash.apply(key(uid), Map.of(postId, field(kinds, version)));
  }

  private static Field field(List<String> kinds, long version) {
    return new Field(version, String.join(",", kinds));
  }

  private static List<String> kinds(String value) {
    return value.isEmpty() ? List.of() : List.of(value.split(","));
  }

  private static String key(Uid uid) {
    return "reactions:" + uid;
  }

  /// A person's reactions to some posts, by path. Most people react to few of the posts they see,
  /// so a query, which costs what it finds, is asked: a read for each post would find nothing.
  private Map<String, Document> reactions(Uid uid, List<String> postIds) {
    var found = new HashMap<String, Document>();
    for (List<String> part : Documents.perQuery(postIds)) {
      documents
          .list(
              documents
                  .collection("reactions")
                  .whereEqualTo("uid", uid.value())
                  .whereIn("postId", part))
          .forEach(document -> found.put(document.path(), document));
    }
    return found;
  }

  /// A lookup in a batch; read it with [#get] once the batch has run.
  public final class Pending {
    private final @Nullable Uid viewer;
    private final List<String> postIds;
    private final Supplier<List<@Nullable String>> answer;

    private Pending(
        @Nullable Uid viewer, List<String> postIds, Supplier<List<@Nullable String>> answer) {
      this.viewer = viewer;
      this.postIds = postIds;
      this.answer = answer;
    }

    /// The reactions by post; posts without any have an empty list.
    public Map<String, List<String>> get() {
      if (viewer == null || postIds.isEmpty()) {
        return Map.of();
      }
      List<@Nullable String> values = answer.get();
      var result = HashMap.<String, List<String>>newHashMap(postIds.size());
      var missing = new ArrayList<String>();
      for (int i = 0; i < postIds.size(); i++) {
        String value = values.get(i);
        if (value == null) {
          missing.add(postIds.get(i));
        } else {
          result.put(postIds.get(i), kinds(value));
        }
      }
      if (!missing.isEmpty()) {
        result.putAll(load(viewer, missing));
      }
      return result;
    }

    private Map<String, List<String>> load(Uid uid, List<String> missing) {
      Map<String, Document> found = reactions(uid, missing);
      var result = new HashMap<String, List<String>>();
      var fields = new HashMap<String, Field>();
      for (String postId : missing) {
        Document document = found.get(PostReader.reactionPath(postId, uid));
        List<String> kinds = document == null ? List.of() : document.fields().texts("kinds");
        result.put(postId, kinds);
        // Version 0 for what is not there: any write replaces it.
        fields.put(postId, field(kinds, document == null ? 0 : document.version()));
      }
      hash.apply(key(uid), fields);
      return result;
    }
  }
}

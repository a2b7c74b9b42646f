package dev.fireside.social.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.Cache;
import dev.fireside.shared.cache.Lookup;
import dev.fireside.shared.cache.Versioned;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.domain.Post;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads posts: `post:{id}` in Redis (24 h), `posts/{name}` in Firestore.
public final class PostReader {
  private static final Duration TTL = Duration.ofHours(24);
  private static final Duration FRESH = Duration.ofHours(1);

  private final Documents documents;
  private final Cache<Post> cache;

  public PostReader(Platform platform) {
    this.documents = platform.documents();
    this.cache =
        new Cache<>(
            platform.redis(),
            platform.meters(),
            platform.clock(),
            "post:{}",
            Post.class,
            TTL,
            FRESH);
  }

  /// The document of a post.
  public static String path(String id) {
    return "posts/" + Ids.documentName(id);
  }

  /// The document of a person's reactions to a post.
  public static String reactionPath(String postId, Uid uid) {
    return "reactions/" + Ids.documentName(postId) + ":" + uid;
  }

  /// One post, whatever its status.
  public Optional<Post> get(String id) {
    return Optional.ofNullable(getAll(Set.of(id)).get(id));
  }

  /// Many posts in one round trip, by id; missing ones are left out.
  public Map<String, Post> getAll(Collection<String> ids) {
    return cache.getAll(ids, this::load);
  }

  /// Adds a lookup to a batch; read it with [#get].
  public Lookup<Post> lookup(Batch batch, Collection<String> ids) {
    return cache.lookup(batch, ids);
  }

  /// The posts of a lookup whose batch has run.
  public Map<String, Post> get(Lookup<Post> lookup) {
    return lookup.get(this::load);
  }

  /// Keeps what was written, unless something newer is kept. Called after commits and by events.
  ///
  /// @return false while Redis is away: then an event has to come again
  @CanIgnoreReturnValue
  public boolean keep(String id, Optional<Post> post, long version) {
    return cache.put(id, new Versioned<>(version, post.orElse(null)));
  }

  /// Reads a post's document and keeps it: for writers whose commit does not return its time.
  public Optional<Post> refresh(String id) {
    Optional<Document> document = documents.get(path(id));
    document.ifPresent(found -> keep(id, Optional.of(PostDocument.parse(found)), found.version()));
    return document.map(PostDocument::parse);
  }

  private Map<String, Versioned<Post>> load(Set<String> ids) {
    Map<String, Document> found = documents.getAll(ids.stream().map(PostReader::path).toList());
    var loaded = new HashMap<String, Versioned<Post>>();
    for (String id : ids) {
      Document document = found.get(path(id));
      loaded.put(
          id,
          document == null
              ? Versioned.absent(0)
              : Versioned.of(document.version(), PostDocument.parse(document)));
    }
    return loaded;
  }
}

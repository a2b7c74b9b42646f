package dev.fireside.social.store;

import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.CachedDocuments;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Post;
import java.time.Duration;

/// Reads posts by id, whatever their status: `post:{id}` in Redis (24 h), `posts/{name}` in
/// Firestore.
public final class PostReader extends CachedDocuments<String, Post> {
  private static final Duration TTL = Duration.ofHours(24);
  private static final Duration FRESH = Duration.ofHours(1);

  public PostReader(Platform platform) {
    super(
        platform.documents(),
        platform.cache("post:{}", Post.class, TTL, FRESH),
        PostReader::path,
        PostDocument::parse);
  }

  /// The document of a post.
  public static String path(String id) {
    return "posts/" + Ids.documentName(id);
  }

  /// The document of a person's reactions to a post.
  public static String reactionPath(String postId, Uid uid) {
    return "reactions/" + Ids.documentName(postId) + ":" + uid;
  }
}

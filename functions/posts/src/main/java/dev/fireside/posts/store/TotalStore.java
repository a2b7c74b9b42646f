package dev.fireside.posts.store;

import com.google.cloud.firestore.Query;
import dev.fireside.posts.domain.Tally;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Counted;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.Visibility;
import dev.fireside.social.store.PostDocument;
import dev.fireside.social.store.PostReader;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.Recounter;
import dev.fireside.social.store.Totals;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Keeps the totals of posts, comments and people, by counting.
public final class TotalStore {
  private final Documents documents;
  private final Recounter recounter;
  private final PostStore posts;

  public TotalStore(Platform platform, PostStore posts) {
    this.documents = platform.documents();
    this.recounter = new Recounter(platform);
    this.posts = posts;
  }

  /// Counts one total of a post, and what follows from it for its heat.
  ///
  /// @param changedAt when what is counted was changed
  public void recount(String postId, Tally tally, Instant changedAt) {
    String name = WireNames.of(tally);
    recounter.recount(
        PostReader.path(postId),
        name,
        changedAt,
        () -> {
          Counted counted = documents.count(query(postId, tally));
          return Totals.of(counted, document -> fields(document, name, counted.count()));
        });
  }

  private Map<String, Object> fields(Document document, String name, long count) {
    Post post = PostDocument.parse(document);
    var counts = new HashMap<>(post.counts());
    counts.put(name, count);
    return Map.of("counts." + name, count, "heat", posts.heatField(post.withCounts(counts)));
  }

  private Query query(String postId, Tally tally) {
    return switch (tally) {
      case LIKE, LOVE, LAUGH, WOW, SAD, ANGRY ->
          documents
              .collection("reactions")
              .whereEqualTo("postId", postId)
              .whereArrayContains("kinds", WireNames.of(tally));
      case COMMENTS ->
          documents.collection(CommentStore.collection(postId)).whereEqualTo("status", "active");
      case REPOSTS -> showing(postId, PostKind.REPOST);
      case QUOTES -> showing(postId, PostKind.QUOTE);
    };
  }

  /// Only what everybody may see is counted: a total must not reveal somebody's private quote.
  private Query showing(String postId, PostKind kind) {
    return documents
        .collection("posts")
        .whereEqualTo("ref.id", postId)
        .whereEqualTo("kind", WireNames.of(kind))
        .whereEqualTo("status", "active")
        .whereEqualTo("visibility", WireNames.of(Visibility.PUBLIC));
  }

  /// Counts the answers shown below a comment: those that stand, and those deleted ones whose place
  /// is kept for answers of their own.
  public void recountReplies(String postId, String commentId, Instant changedAt) {
    Query replies =
        documents.collection(CommentStore.collection(postId)).whereEqualTo("parent", commentId);
    recounter.recount(
        CommentStore.path(postId, commentId),
        "replies",
        changedAt,
        () -> {
          Counted standing = documents.count(replies.whereEqualTo("status", "active"));
          Counted kept =
              documents.count(
                  replies.whereEqualTo("status", "deleted").whereGreaterThan("counts.replies", 0));
          return Totals.of(
              "counts.replies", new Counted(standing.count() + kept.count(), standing.readTime()));
        });
  }

  /// Counts a person's posts that others may see.
  public void recountPosts(Uid author, Instant changedAt) {
    Query query =
        documents
            .collection("posts")
            .whereEqualTo("author", author.value())
            .whereEqualTo("status", "active")
            .whereIn("visibility", List.of("public", "followers"));
    recounter.recount(
        ProfileReader.path(author),
        "posts",
        changedAt,
        () -> {
          Counted counted = documents.count(query);
          return Totals.of(counted, document -> fields(document, counted.count()));
        });
  }

  /// A tombstone keeps nothing of a person.
  private static Map<String, Object> fields(Document user, long posts) {
    return ProfileReader.parse(user).status() == AccountStatus.DELETED
        ? Map.of()
        : Map.of("counts.posts", posts);
  }
}

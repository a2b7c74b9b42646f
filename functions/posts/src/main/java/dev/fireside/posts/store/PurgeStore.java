package dev.fireside.posts.store;

import com.google.cloud.firestore.Query;
import dev.fireside.posts.domain.Comment;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.shared.store.Times;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.store.PostReader;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// Removes documents for good. A post goes last, after all below it: whoever stops in between finds
/// it again.
public final class PurgeStore {
  private static final int DOCUMENTS_PER_PAGE = 200;
  private static final int POSTS_PER_PAGE = 20;

  private static final Map<String, Object> EMPTIED =
      Map.of(
          "status", "deleted",
          "text", "",
          "mentions", List.of(),
          "author", FieldChange.clear(),
          "deletedAt", FieldChange.clear());

  private final Documents documents;

  public PurgeStore(Platform platform) {
    this.documents = platform.documents();
  }

  /// Removes some of what a person wrote.
  ///
  /// @return whether there may be more
  public boolean purgePageOf(Uid uid) {
    List<Document> posts =
        documents.list(
            documents
                .collection("posts")
                .whereEqualTo("author", uid.value())
                .limit(POSTS_PER_PAGE));
    posts.forEach(this::purge);
    boolean moreComments = purgeCommentsOf(uid);
    boolean moreReactions =
        deletePage(documents.collection("reactions").whereEqualTo("uid", uid.value()));
    boolean moreGuards =
        deletePage(documents.collection("reposts").whereEqualTo("uid", uid.value()));
    return posts.size() == POSTS_PER_PAGE || moreComments || moreReactions || moreGuards;
  }

  /// Removes some of the posts and comments that were deleted before an instant.
  ///
  /// @return whether there may be more
  public boolean purgePageDeletedBefore(Instant before) {
    var limit = Times.timestamp(before);
    List<Document> posts =
        documents.list(
            documents.collection("posts").whereLessThan("deletedAt", limit).limit(POSTS_PER_PAGE));
    posts.forEach(this::purge);
    List<Document> comments =
        documents.list(
            documents
                .collectionGroup("comments")
                .whereLessThan("deletedAt", limit)
                .limit(DOCUMENTS_PER_PAGE));
    comments.forEach(this::purgeComment);
    return posts.size() == POSTS_PER_PAGE || comments.size() == DOCUMENTS_PER_PAGE;
  }

  private void purge(Document post) {
    String id = Ids.fromDocumentName(post.id());
    // From here on nobody writes below it, and nobody counts what goes.
    documents.update(post.path(), Map.of("status", "deleted", "heat", FieldChange.clear()));
    deleteAll(documents.collection(CommentStore.collection(id)));
    deleteAll(documents.collection("reactions").whereEqualTo("postId", id));
    // Its reposts are seen by nobody without it.
    deleteAll(
        documents
            .collection("posts")
            .whereEqualTo("ref.id", id)
            .whereEqualTo("kind", WireNames.of(PostKind.REPOST)));
    deleteAll(documents.collection("reposts").whereEqualTo("original", id));
    deleteAll(documents.collection("reposts").whereEqualTo("postId", id));
    documents.delete(post.path());
  }

  /// Removes a reaction or a comment, if the post it belongs to is gone: it was written while the
  /// post was being removed.
  ///
  /// @return whether the post exists
  public boolean removeOrphan(String path, String postId) {
    boolean present = documents.get(PostReader.path(postId)).isPresent();
    if (!present) {
      documents.delete(path);
    }
    return present;
  }

  /// Removes the emptied place of a comment, once there are no answers left to keep it for.
  public void removeEmptied(String postId, String commentId) {
    documents
        .get(CommentStore.path(postId, commentId))
        .filter(found -> {
          Comment comment = CommentStore.parse(found);
          return comment.deleted() && comment.author() == null;
        })
        .ifPresent(this::purgeComment);
  }

  private boolean purgeCommentsOf(Uid uid) {
    List<Document> found =
        documents.list(
            documents
                .collectionGroup("comments")
                .whereEqualTo("author", uid.value())
                .limit(DOCUMENTS_PER_PAGE));
    found.forEach(this::purgeComment);
    return found.size() == DOCUMENTS_PER_PAGE;
  }

  /// Removes a comment; one with answers keeps its place, without a word of whose it was.
  private void purgeComment(Document document) {
    Comment comment = CommentStore.parse(document);
    Query answers =
        documents
            .collection(CommentStore.collection(comment.postId()))
            .whereEqualTo("parent", comment.id())
            .limit(1);
    documents.transact(transaction -> {
      boolean answered = !transaction.list(answers).isEmpty();
      if (transaction.get(document.path()).isEmpty()) {
        return false;
      }
      if (answered) {
        transaction.update(document.path(), EMPTIED);
      } else {
        transaction.delete(document.path());
      }
      return true;
    });
  }

  private void deleteAll(Query query) {
    boolean more = true;
    while (more) {
      more = deletePage(query);
    }
  }

  private boolean deletePage(Query query) {
    List<Document> found = documents.list(query.limit(DOCUMENTS_PER_PAGE));
    documents.deleteAll(found.stream().map(Document::path).toList());
    return found.size() == DOCUMENTS_PER_PAGE;
  }
}

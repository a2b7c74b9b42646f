package dev.fireside.posts.store;

import com.google.cloud.firestore.Query;
import dev.fireside.posts.domain.Comment;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.AlreadyExistsException;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.social.store.PostReader;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Comments in Firestore: `posts/{post's name}/comments/{name}`.
public final class CommentStore {
  /// The parent of comments at the top: a query cannot ask for what is not there.
  private static final String TOP = "";

  private final Documents documents;

  public CommentStore(Platform platform) {
    this.documents = platform.documents();
  }

  /// The collection of a post's comments.
  static String collection(String postId) {
    return PostReader.path(postId) + "/comments";
  }

  /// The document of a comment.
  public static String path(String postId, String id) {
    return collection(postId) + "/" + Ids.documentName(id);
  }

  /// Writes a comment, unless an earlier attempt of the same request did.
  ///
  /// @return the comment as it is now; empty when the one it answers is not there, or deleted
  public Optional<Comment> create(Comment comment) {
    String path = path(comment.postId(), comment.id());
    String parent = comment.parent();
    if (parent == null) {
      return documents.create(path, fields(comment)).isPresent()
          ? Optional.of(comment)
          : documents.get(path).map(CommentStore::parse);
    }
    try {
      // A comment goes for good only in a transaction that saw no answers: none can slip in.
      boolean done =
          documents.transact(transaction -> {
            Optional<Document> above = transaction.get(path(comment.postId(), parent));
            if (above.isEmpty() || parse(above.get()).deleted()) {
              return false;
            }
            transaction.create(path, fields(comment));
            return true;
          });
      return done ? Optional.of(comment) : Optional.empty();
    } catch (AlreadyExistsException e) {
      return documents.get(path).map(CommentStore::parse);
    }
  }

  /// A comment by its id alone, whatever its state.
  public Optional<Comment> find(String id) {
    // The rotated name, since an index of ids in the order of time would slow down all writes.
    return documents
        .list(
            documents
                .collectionGroup("comments")
                .whereEqualTo("name", Ids.documentName(id))
                .limit(1))
        .stream()
        .findFirst()
        .map(CommentStore::parse);
  }

  /// A comment of a post, whatever its state.
  public Optional<Comment> get(String postId, String id) {
    return documents.get(path(postId, id)).map(CommentStore::parse);
  }

  /// A comment of a post and those it answers, the nearest first, whatever their state; empty where
  /// there is no such comment.
  public List<Comment> upFrom(String postId, String id) {
    var way = new ArrayList<Comment>();
    Optional<Comment> next = get(postId, id);
    while (next.isPresent() && way.size() < Comment.DEPTH_MAX) {
      way.add(next.get());
      String parent = next.get().parent();
      next = parent == null ? Optional.empty() : get(postId, parent);
    }
    return way;
  }

  /// Changes a comment.
  ///
  /// @param change the comment as it is to be; the same one to leave it
  /// @return the comment as it is now; empty when there is none
  public Optional<Comment> change(
      String postId, String id, Instant now, UnaryOperator<Comment> change) {
    return documents.writeIfUnchanged(writes -> {
      Optional<Document> document = documents.get(path(postId, id));
      if (document.isEmpty()) {
        return Optional.empty();
      }
      Comment before = parse(document.get());
      Comment after = change.apply(before);
      if (!after.equals(before)) {
        writes.update(document.get(), changes(after, now));
      }
      return Optional.of(after);
    });
  }

  private static Map<String, Object> changes(Comment after, Instant now) {
    if (after.deleted()) {
      return Map.of("status", "deleted", "deletedAt", now);
    }
    var changes = new HashMap<String, Object>();
    changes.put("text", after.text());
    changes.put("mentions", after.mentions().stream().map(Uid::value).toList());
    changes.put("editedAt", now);
    return changes;
  }

  /// The comments at the top of a post, or the answers to one.
  ///
  /// @param parent null for the top
  /// @param after id after which the list goes on; null for the start
  public List<Comment> list(
      String postId,
      @Nullable String parent,
      boolean newestFirst,
      @Nullable String after,
      int count) {
    Query query =
        documents
            .collection(collection(postId))
            .whereEqualTo("parent", parent == null ? TOP : parent)
            .orderBy("id", newestFirst ? Query.Direction.DESCENDING : Query.Direction.ASCENDING)
            .limit(count);
    return read(after == null ? query : query.startAfter(after));
  }

  /// A person's comments, newest first.
  public List<Comment> byAuthor(Uid author, @Nullable String before, int count) {
    Query query =
        documents
            .collectionGroup("comments")
            .whereEqualTo("author", author.value())
            .whereEqualTo("status", "active")
            .orderBy("id", Query.Direction.DESCENDING)
            .limit(count);
    return read(before == null ? query : query.startAfter(before));
  }

  private List<Comment> read(Query query) {
    return documents.list(query).stream().map(CommentStore::parse).toList();
  }

  /// A comment from its document.
  public static Comment parse(Document document) {
    Fields fields = document.fields();
    return new Comment(
        Ids.fromDocumentName(document.id()),
        fields.requiredText("postId"),
        fields.text("author").map(Uid::new).orElse(null),
        fields.text("text").orElse(""),
        fields.text("parent").filter(parent -> !parent.equals(TOP)).orElse(null),
        (int) fields.number("depth"),
        fields.texts("mentions").stream().map(Uid::new).toList(),
        !fields.text("status").orElse("active").equals("active"),
        fields.map("counts").number("replies"),
        fields.instant("createdAt").orElse(Instant.EPOCH),
        fields.instant("editedAt").orElse(null));
  }

  private static Map<String, Object> fields(Comment comment) {
    var fields = new HashMap<String, Object>();
    fields.put("id", comment.id());
    fields.put("name", Ids.documentName(comment.id()));
    fields.put("postId", comment.postId());
    if (comment.author() != null) {
      fields.put("author", comment.author().value());
    }
    fields.put("text", comment.text());
    fields.put("parent", comment.parent() == null ? TOP : comment.parent());
    fields.put("depth", comment.depth());
    fields.put("mentions", comment.mentions().stream().map(Uid::value).toList());
    fields.put("status", "active");
    fields.put("createdAt", comment.createdAt());
    return fields;
  }
}

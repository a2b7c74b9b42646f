package dev.fireside.posts.store;

import com.google.cloud.firestore.Query;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.posts.domain.Heat;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.AlreadyExistsException;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.shared.store.Transaction;
import dev.fireside.shared.store.Writes;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostRef;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.Publication;
import dev.fireside.social.domain.Visibility;
import dev.fireside.social.store.PostDocument;
import dev.fireside.social.store.PostReader;
import dev.fireside.social.store.PublicationDocument;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Posts in Firestore: `posts/{name}`, and `reposts/{original's name:uid}`, which keeps a person
/// from reposting a post twice.
public final class PostStore {
  private final Documents documents;
  private final PostReader reader;
  private final Heat heat;

  public PostStore(Platform platform, Heat heat) {
    this.documents = platform.documents();
    this.reader = new PostReader(platform);
    this.heat = heat;
  }

  /// The document that says which repost of a post is a person's.
  static String guardPath(String originalId, Uid author) {
    return "reposts/" + PostReader.path(originalId).substring("posts/".length()) + ":" + author;
  }

  /// Writes an original or a quote, unless an earlier attempt of the same request did: one write.
  ///
  /// @return whether it was written now
  @CanIgnoreReturnValue
  public boolean create(Post post) {
    Optional<Instant> written =
        documents.create(PostReader.path(post.id()), PostDocument.fields(post));
    written.ifPresent(at -> reader.keep(post.id(), post, Document.versionOf(at)));
    return written.isPresent();
  }

  /// What a post that stands for something else shall be.
  public Optional<Publication> publication(String id) {
    return documents.get(PublicationDocument.path(id)).map(PublicationDocument::parse);
  }

  /// Writes a repost, unless its author has reposted that post already.
  ///
  /// @return the id of the repost that exists now
  public String createRepost(Post repost, PostRef original) {
    String guard = guardPath(original.id(), repost.author());
    try {
      Instant written =
          documents.batch(batch -> {
            batch.create(guard, guardFields(repost, original));
            batch.create(PostReader.path(repost.id()), PostDocument.fields(repost));
          });
      reader.keep(repost.id(), repost, Document.versionOf(written));
      return repost.id();
    } catch (AlreadyExistsException e) {
      return documents.transact(transaction -> standing(transaction, guard, repost, original));
    }
  }

  /// The repost that stands, made anew where the one before is gone.
  private static String standing(
      Transaction transaction, String guard, Post repost, PostRef original) {
    String earlier =
        transaction.get(guard).flatMap(found -> found.fields().text("postId")).orElse(repost.id());
    Optional<Document> standing = transaction.get(PostReader.path(earlier));
    if (standing.isPresent() && PostDocument.parse(standing.get()).status() != PostStatus.DELETED) {
      return earlier;
    }
    if (earlier.equals(repost.id()) && standing.isPresent()) {
      // Made by an earlier attempt of this request, and deleted since.
      return earlier;
    }
    transaction.set(guard, guardFields(repost, original));
    transaction.create(PostReader.path(repost.id()), PostDocument.fields(repost));
    return repost.id();
  }

  private static Map<String, Object> guardFields(Post repost, PostRef original) {
    return Map.of("postId", repost.id(), "original", original.id(), "uid", repost.author().value());
  }

  /// Changes a post, its heat with it, and keeps what came of it.
  ///
  /// @param change the post as it is to be; the same one to leave it. May throw to refuse, and may
  ///   be asked more than once
  /// @return the post as it is now; empty when there is none
  public Optional<Post> change(String id, Instant now, Function<Post, Post> change) {
    boolean found =
        documents.writeIfUnchanged(writes -> {
          Optional<Document> document = documents.get(PostReader.path(id));
          if (document.isEmpty()) {
            return false;
          }
          Post before = PostDocument.parse(document.get());
          Post after = change.apply(before);
          if (!after.equals(before)) {
            writes.update(document.get(), changes(before, after, now));
            if (after.status() == PostStatus.DELETED) {
              freeGuard(writes, after);
            }
          }
          return true;
        });
    return found ? reader.refresh(id) : Optional.empty();
  }

  private Map<String, Object> changes(Post before, Post after, Instant now) {
    Map<String, Object> old = PostDocument.fields(before);
    var changed = new HashMap<>(PostDocument.fields(after));
    changed.entrySet().removeIf(field -> Objects.equals(old.get(field.getKey()), field.getValue()));
    if (after.status() == PostStatus.DELETED) {
      changed.put("deletedAt", now);
    }
    changed.put("heat", heatField(after));
    return changed;
  }

  /// The field `heat` of a post, in every write that it depends on.
  Object heatField(Post post) {
    OptionalDouble value = heat.of(post);
    return value.isPresent() ? value.getAsDouble() : FieldChange.clear();
  }

  static void freeGuard(Writes writes, Post post) {
    PostRef ref = post.ref();
    if (post.kind() == PostKind.REPOST && ref != null) {
      writes.delete(guardPath(ref.id(), post.author()));
    }
  }

  /// A person's posts, newest first.
  ///
  /// @param before id after which the list goes on; null for the start
  public List<PostEntry> byAuthor(
      Uid author,
      Collection<PostStatus> statuses,
      Collection<Visibility> visibilities,
      @Nullable String before,
      int count) {
    Query query =
        documents
            .collection("posts")
            .whereEqualTo("author", author.value())
            .whereIn("status", wireNames(statuses))
            .whereIn("visibility", wireNames(visibilities))
            .orderBy("id", Query.Direction.DESCENDING)
            .limit(count);
    return documents.list(before == null ? query : query.startAfter(before)).stream()
        .map(PostDocument::parse)
        .map(PostEntry::of)
        .toList();
  }

  private static List<String> wireNames(Collection<? extends Enum<?>> constants) {
    return constants.stream().map(WireNames::of).toList();
  }
}

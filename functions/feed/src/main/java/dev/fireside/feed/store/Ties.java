package dev.fireside.feed.store;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What ties people: `follows` and `blocks`, as they are in Firestore now.
public final class Ties {
  private final Documents documents;

  public Ties(Documents documents) {
    this.documents = documents;
  }

  /// Whether one follows the other.
  public boolean follows(Uid follower, Uid followee) {
    return documents.get("follows/" + follower.with(followee)).isPresent();
  }

  /// Whether one has blocked the other.
  public boolean blocks(Uid blocker, Uid blocked) {
    return documents.get("blocks/" + blocker.with(blocked)).isPresent();
  }

  /// Some of an author's followers.
  ///
  /// @param next what to ask for those behind them with; null on the last page
  public record Followers(List<Uid> followers, @Nullable String next) {}

  /// The followers behind `after` (null: the first).
  public Followers followers(Uid author, @Nullable String after, int count) {
    Query query =
        documents
            .collection("follows")
            .whereEqualTo("followee", author.value())
            .orderBy(FieldPath.documentId())
            .select("follower")
            .limit(count);
    List<Document> page = documents.list(after == null ? query : query.startAfter(after));
    return new Followers(
        page.stream().map(follow -> new Uid(follow.fields().requiredText("follower"))).toList(),
        page.size() < count ? null : page.getLast().id());
  }
}

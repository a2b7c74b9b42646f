package dev.fireside.social.store;

import com.google.cloud.firestore.Query;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.shared.store.Writes;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Whom a person follows, as one document, `followLists/{uid}`: a single read, where the documents
/// in `follows` are one read each. It changes in the commit that changes those, so that it is as
/// true as they are. Where it is missing it is made of them.
public final class FollowLists {
  private static final String FOLLOWEES = "followees";
  private static final int ATTEMPTS_MAX = 3;
  private static final int TURNS = 128;

  private final Documents documents;
  private final Lock[] turns =
      Stream.generate(() -> new ReentrantLock(true)).limit(TURNS).toArray(Lock[]::new);

  public FollowLists(Platform platform) {
    this.documents = platform.documents();
  }

  /// A list.
  ///
  /// @param version of its document: none of these follows was made later
  public record Following(List<Uid> followees, long version) {
    public Following {
      followees = List.copyOf(followees);
    }
  }

  /// The document of a person's list.
  public static String path(Uid follower) {
    return "followLists/" + follower;
  }

  /// Whom a person follows, in the order in which they began to.
  public Following of(Uid follower) {
    Optional<Document> found = documents.get(path(follower));
    if (found.isEmpty()) {
      make(follower);
      found = documents.get(path(follower));
    }
    return found
        .map(list -> new Following(followees(list), list.version()))
        .orElseGet(() -> new Following(List.of(), 0));
  }

  /// Adds to a commit that `follower` follows `followee`.
  public static void add(Writes writes, Uid follower, Uid followee) {
    writes.update(path(follower), Map.of(FOLLOWEES, FieldChange.add(followee.value())));
  }

  /// Adds to a commit that `follower` does not follow `followee` any more.
  public static void remove(Writes writes, Uid follower, Uid followee) {
    writes.update(path(follower), Map.of(FOLLOWEES, FieldChange.remove(followee.value())));
  }

  /// Commits writes that change the lists of these people, as [Documents#batch] does.
  @CanIgnoreReturnValue
  public Instant commit(Collection<Uid> followers, Consumer<Writes> body) {
    return commit(followers, body, () -> false).orElseThrow();
  }

  /// The same. Those of one person go one after the other: at once they would wait for each other's
  /// locks in Firestore, each with a call of it in its hands.
  ///
  /// @param isDone asked by who had to wait: whether others have done meanwhile what is wanted
  /// @return when it was committed; empty when it was done, and then nothing is written
  public Optional<Instant> commit(
      Collection<Uid> followers, Consumer<Writes> body, BooleanSupplier isDone) {
    Lock turn = turns[Math.floorMod(followers.hashCode(), TURNS)];
    boolean waited = !turn.tryLock();
    if (waited) {
      // Whoever has given up meanwhile is sent away by the call itself.
      turn.lock();
    }
    try {
      return waited && isDone.getAsBoolean()
          ? Optional.empty()
          : Optional.of(commitNow(followers, body));
    } finally {
      turn.unlock();
    }
  }

  private Instant commitNow(Collection<Uid> followers, Consumer<Writes> body) {
    for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
      Optional<Instant> at = documents.batchIfThere(body);
      if (at.isPresent()) {
        return at.get();
      }
      followers.forEach(this::make);
    }
    throw new IllegalStateException("Lists of follows come and go: " + followers);
  }

  /// Makes a person's list, unless it exists. While there is none nobody can commit a change of the
  /// person's follows, so that what is read here is what there is when the list is created.
  public void make(Uid follower) {
    Query follows = documents.collection("follows").whereEqualTo("follower", follower.value());
    List<String> followees =
        documents.list(follows).stream()
            .map(follow -> follow.fields().requiredText("followee"))
            .toList();
    documents.create(path(follower), Map.of(FOLLOWEES, followees));
  }

  /// The list of somebody who follows nobody yet.
  public static Map<String, Object> empty() {
    return Map.of(FOLLOWEES, List.of());
  }

  private static List<Uid> followees(Document list) {
    return list.fields().texts(FOLLOWEES).stream().map(Uid::new).toList();
  }
}

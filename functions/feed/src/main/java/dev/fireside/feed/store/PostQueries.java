package dev.fireside.feed.store;

import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.Query.Direction;
import dev.fireside.feed.domain.Slice;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostRef;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Finds posts in Firestore: those of authors, of a hashtag, and the hottest.
public final class PostQueries {
  /// Values that Firestore takes in one `in`.
  private static final int AUTHORS_PER_QUERY = 30;

  private static final int FETCH_MIN = 5;
  private static final String[] OF_ENTRY = {"id", "author", "ref"};
  private static final Executor THREADS = Thread::startVirtualThread;

  private final Documents documents;

  public PostQueries(Documents documents) {
    this.documents = documents;
  }

  /// A post and how hot it is.
  public record Hot(PostEntry entry, double heat) {}

  /// The newest posts of some authors below `before` (null: of all), whatever their state.
  public Slice newestOf(Collection<Uid> authors, @Nullable String before, int count) {
    var distinct = new ArrayList<>(new LinkedHashSet<>(authors));
    if (distinct.isEmpty()) {
      return Slice.END;
    }
    var sources = new ArrayList<Source>();
    int groups = Math.ceilDiv(distinct.size(), AUTHORS_PER_QUERY);
    int fetch =
        groups == 1 ? count : Math.clamp(2L * Math.ceilDiv(count, groups), FETCH_MIN, count);
    for (int from = 0; from < distinct.size(); from += AUTHORS_PER_QUERY) {
      int to = Math.min(distinct.size(), from + AUTHORS_PER_QUERY);
      sources.add(new Source(distinct.subList(from, to), before, Math.max(1, fetch)));
    }
    fillAll(sources);
    var newest = new ArrayList<PostEntry>();
    while (newest.size() < count) {
      Source next = null;
      for (Source source : sources) {
        PostEntry head = source.head();
        if (head != null && (next == null || head.compareTo(next.loaded()) < 0)) {
          next = source;
        }
      }
      if (next == null) {
        return new Slice(newest, null);
      }
      newest.add(next.take());
    }
    boolean ended = sources.stream().allMatch(Source::isEmpty);
    return new Slice(newest, ended ? null : newest.getLast().id());
  }

  /// The newest public posts with a hashtag below `before` (null: of all).
  public Slice tagged(String tag, @Nullable String before, int count) {
    Query query =
        documents
            .collection("posts")
            .whereArrayContains("hashtags", tag)
            .whereEqualTo("status", "active")
            .whereEqualTo("visibility", "public");
    List<PostEntry> entries = list(query, before, count);
    return new Slice(entries, entries.size() < count ? null : entries.getLast().id());
  }

  /// The hottest public posts, one an author.
  ///
  /// @param examined how many posts are looked at
  public List<Hot> hottest(int examined) {
    Query query =
        documents
            .collection("posts")
            .orderBy("heat", Direction.DESCENDING)
            .select("id", "author", "ref", "heat", "status", "visibility")
            .limit(examined);
    var authors = new HashSet<Uid>();
    var hottest = new ArrayList<Hot>();
    for (Document document : documents.list(query)) {
      Fields fields = document.fields();
      boolean shown =
          fields.text("status").filter("active"::equals).isPresent()
              && fields.text("visibility").filter("public"::equals).isPresent();
      PostEntry entry = entry(document);
      if (shown
          && fields.values().get("heat") instanceof Number heat
          && authors.add(entry.author())) {
        hottest.add(new Hot(entry, heat.doubleValue()));
      }
    }
    return hottest;
  }

  private List<PostEntry> list(Query query, @Nullable String before, int count) {
    Query below = before == null ? query : query.whereLessThan("id", before);
    return documents
        .list(below.orderBy("id", Direction.DESCENDING).select(OF_ENTRY).limit(count))
        .stream()
        .map(PostQueries::entry)
        .toList();
  }

  private static PostEntry entry(Document document) {
    Fields ref = document.fields().map("ref");
    return new PostEntry(
        document.fields().requiredText("id"),
        new Uid(document.fields().requiredText("author")),
        ref.text("id")
            .map(id -> new PostRef(id, new Uid(ref.requiredText("author"))))
            .orElse(null));
  }

  private static void fillAll(List<Source> sources) {
    if (sources.size() == 1) {
      return;
    }
    List<CompletableFuture<Void>> first =
        sources.stream().map(source -> CompletableFuture.runAsync(source::head, THREADS)).toList();
    try {
      first.forEach(CompletableFuture::join);
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /// The posts of a few authors, fetched as they are needed.
  private final class Source {
    private final List<String> authors;
    private final int fetch;
    private final Deque<PostEntry> fetched = new ArrayDeque<>();
    private @Nullable String before;
    private boolean ended;

    Source(List<Uid> authors, @Nullable String before, int fetch) {
      this.authors = authors.stream().map(Uid::value).toList();
      this.before = before;
      this.fetch = fetch;
    }

    /// The next post, fetched where needed; null at the end.
    @Nullable PostEntry head() {
      if (fetched.isEmpty() && !ended) {
        Query posts = documents.collection("posts");
        Query query =
            authors.size() == 1
                ? posts.whereEqualTo("author", authors.getFirst())
                : posts.whereIn("author", authors);
        List<PostEntry> page = list(query, before, fetch);
        fetched.addAll(page);
        ended = page.size() < fetch;
        before = page.isEmpty() ? before : page.getLast().id();
      }
      return fetched.peekFirst();
    }

    /// The next post, which [#head] has fetched.
    PostEntry loaded() {
      return fetched.getFirst();
    }

    PostEntry take() {
      return fetched.removeFirst();
    }

    boolean isEmpty() {
      return ended && fetched.isEmpty();
    }
  }
}

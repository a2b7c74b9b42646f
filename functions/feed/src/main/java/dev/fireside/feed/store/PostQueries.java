package dev.fireside.feed.store;

import com.google.cloud.firestore.Query;
import com.google.cloud.firestore.Query.Direction;
import dev.fireside.feed.domain.Slice;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.load.Together;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostRef;
import dev.fireside.social.store.PostReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Finds posts in Firestore: those of authors, of a hashtag, and the hottest.
public final class PostQueries {
  /// Of the share of a group in what is looked for, so much is asked for at first.
  private static final int SHARE_PERCENT = 120;

  /// Queries that one reader has under way, at most: half of what all requests may.
  private static final int QUERIES_AT_ONCE = 16;

  private static final String[] OF_ENTRY = {"id", "author", "ref"};

  private final Documents documents;
  private final PostReader posts;

  public PostQueries(Platform platform) {
    this.documents = platform.documents();
    this.posts = new PostReader(platform);
  }

  /// A post and how hot it is.
  public record Hot(PostEntry entry, double heat) {}

  /// The newest posts of some authors below `before` (null: of all), whatever their state. Reads
  /// them whole and keeps them, so that who shows them need not read them again.
  ///
  /// As few reads as may be: some of each group of authors; then, of those groups whose last may
  /// have neighbours among the `count` newest, what lies between.
  ///
  /// @param down where so many posts above this id are known of others that none below it is
  ///   needed; null where nothing is known
  public Slice newestOf(
      Collection<Uid> authors, @Nullable String before, @Nullable String down, int count) {
    List<Group> groups =
        Documents.perQuery(new LinkedHashSet<>(authors)).stream()
            .map(group -> new Group(group, before))
            .toList();
    var known = new TreeMap<String, PostEntry>(Comparator.reverseOrder());
    List<Group> wanted = groups;
    String cut = down;
    while (!wanted.isEmpty()) {
      String to = cut;
      int each = to == null ? share(count - known.size(), wanted.size()) : count;
      Together.each(wanted, QUERIES_AT_ONCE, group -> group.next(to, each))
          .forEach(page -> page.forEach(entry -> known.put(entry.id(), entry)));
      cut = known.keySet().stream().skip(count - 1L).findFirst().orElse(down);
      String last = cut;
      wanted = groups.stream().filter(group -> group.mayHaveAbove(last)).toList();
    }
    String floor =
        groups.stream()
            .map(group -> group.ended ? null : group.below)
            .filter(Objects::nonNull)
            .max(Comparator.naturalOrder())
            .orElse(null);
    var complete = floor == null ? known : known.headMap(floor, true);
    return new Slice(List.copyOf(complete.values()), floor);
  }

  /// How many posts are asked of each group for `count` of all: a few more than its share, since
  /// some groups post more than others.
  private static int share(int count, int groups) {
    return groups == 1 ? count : Math.ceilDiv(SHARE_PERCENT * count, 100 * groups);
  }

  /// The newest posts of one author, whatever their state.
  public Slice newestOf(Uid author, int count) {
    List<PostEntry> entries =
        documents
            .list(
                below(documents.collection("posts").whereEqualTo("author", author.value()), null)
                    .select(OF_ENTRY)
                    .limit(count))
            .stream()
            .map(PostQueries::entry)
            .toList();
    return new Slice(entries, entries.size() < count ? null : entries.getLast().id());
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

  /// Posts of a query by id, the newest first: kept, so that they need not be read again.
  private List<PostEntry> list(Query query, @Nullable String before, int count) {
    List<Document> found = documents.list(below(query, before).limit(count));
    var kept = new HashMap<String, Document>();
    found.forEach(document -> kept.put(Ids.fromDocumentName(document.id()), document));
    posts.keepFound(kept);
    return found.stream().map(PostQueries::entry).toList();
  }

  private static Query below(Query query, @Nullable String before) {
    Query below = before == null ? query : query.whereLessThan("id", before);
    return below.orderBy("id", Direction.DESCENDING);
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

  /// Some authors, as many as one query takes, and how far their posts are known.
  private final class Group {
    private final List<String> authors;

    /// Nothing above this is missing; null before the first look.
    private @Nullable String below;

    private boolean ended;

    Group(List<Uid> authors, @Nullable String before) {
      this.authors = authors.stream().map(Uid::value).toList();
      this.below = before;
    }

    /// Whether there may be posts above an id (null: any) that are not known.
    boolean mayHaveAbove(@Nullable String id) {
      return !ended && (id == null || below == null || below.compareTo(id) > 0);
    }

    /// The next posts, above an id (null: all), at most `count`.
    List<PostEntry> next(@Nullable String down, int count) {
      Query of = documents.collection("posts");
      of =
          authors.size() == 1
              ? of.whereEqualTo("author", authors.getFirst())
              : of.whereIn("author", authors);
      List<PostEntry> page =
          list(down == null ? of : of.whereGreaterThan("id", down), below, count);
      if (page.size() == count) {
        below = page.getLast().id();
      } else if (down == null) {
        ended = true;
      } else {
        below = down;
      }
      return page;
    }
  }
}

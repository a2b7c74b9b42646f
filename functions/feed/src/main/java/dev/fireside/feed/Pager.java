package dev.fireside.feed;

import dev.fireside.feed.domain.Passed;
import dev.fireside.feed.domain.Step;
import dev.fireside.shared.cache.Memo;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.social.domain.PersonView;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostView;
import dev.fireside.social.domain.PostView.RepostedBy;
import dev.fireside.social.store.PostAssembler;
import dev.fireside.social.store.PostAssembler.Purpose;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Fills pages with what their viewer may see: what is left out is made up for from further down,
/// and the position moves past everything that was looked at.
///
/// A post comes once: in the place of its latest repost, with those who reposted it as far as this
/// page goes. On the pages behind it is passed over, as [Passed] can tell.
final class Pager {
  /// Refills of one page; one that is not full then has a position to go on from all the same.
  private static final int ROUNDS_MAX = 10;

  private static final int EXAMINED_PER_ROUND_MAX = 100;
  private static final double REFILL_FACTOR = 1.5;

  /// Documents a page may cost an item where no cache holds anything: post, author, reactions of a
  /// viewer.
  private static final int READS_PER_ITEM = 3;

  private static final int READ_ITEMS_MIN = 20;
  private static final int PEEK_MAX = 5;

  /// Those who reposted a post, of whom more is said than how many they are.
  private static final int REPOSTERS_SHOWN = 3;

  private static final int HEADS_KEPT = 4_096;

  private final Memo<Head, PostView> heads = Memo.byValue(HEADS_KEPT);

  private final PostAssembler assembler;

  Pager(PostAssembler assembler) {
    this.assembler = assembler;
  }

  /// Where posts come from.
  interface Source {
    /// The posts behind a position (null: the start), about `count` of them.
    Step.Run next(@Nullable String after, int count);

    /// Whether a post that was shown may come again behind `position`, as a repost.
    ///
    /// @param id the smallest id of the time of the post
    default boolean mayComeAgain(String id, String position) {
      return false;
    }

    /// The same as [#next], what it first reads in a batch with other reads, if it can.
    default Supplier<Step.Run> next(Batch batch, @Nullable String after, int count) {
      return () -> next(after, count);
    }
  }

  /// A page.
  ///
  /// @param items what the viewer is shown
  /// @param next the position behind them; null on the last page
  record Filled(List<PostView> items, @Nullable String next) {}

  /// A page of `limit` posts behind `after` (null: the start).
  Filled fill(
      @Nullable Uid viewer, @Nullable String after, int limit, Purpose purpose, Source source) {
    return new Filling(viewer, after, limit, purpose, source, null).fill();
  }

  /// The same, what the source first reads in a batch with other reads.
  Supplier<Filled> fill(
      Batch batch,
      @Nullable Uid viewer,
      @Nullable String after,
      int limit,
      Purpose purpose,
      Source source) {
    Supplier<Step.Run> first = source.next(batch, Passed.parse(after).position(), limit + 1);
    return () -> new Filling(viewer, after, limit, purpose, source, first).fill();
  }

  private final class Filling {
    private final @Nullable Uid viewer;
    private final int limit;
    private final Purpose purpose;
    private final Source source;
    private final SequencedMap<String, Item> items = new LinkedHashMap<>();
    private final Passed passed;
    private final Predicate<String> isPassed;
    private final Deque<Step> ahead = new ArrayDeque<>();
    private final Set<String> posts = new HashSet<>();
    private final Set<Uid> people = new HashSet<>();
    private @Nullable Supplier<Step.Run> first;
    private @Nullable String position;
    private @Nullable String examined;
    private int looked;
    private boolean ended;
    private boolean moreIsKnown;

    /// @param first what the source answers to begin with; null to ask it
    Filling(
        @Nullable Uid viewer,
        @Nullable String after,
        int limit,
        Purpose purpose,
        Source source,
        @Nullable Supplier<Step.Run> first) {
      this.viewer = viewer;
      this.passed = Passed.parse(after);
      this.isPassed = passed.contains();
      this.position = passed.position();
      this.examined = passed.position();
      this.limit = limit;
      this.purpose = purpose;
      this.source = source;
      this.first = first;
    }

    Filled fill() {
      for (int round = 0; round < ROUNDS_MAX && goesOn(); round++) {
        round();
      }
      return filled();
    }

    /// A full page goes on only to learn whether anything is left, and only if that is cheap.
    private boolean goesOn() {
      if (moreIsKnown || (ended && ahead.isEmpty())) {
        return false;
      }
      return items.size() < limit || ahead.isEmpty() || isAffordable(ahead.getFirst());
    }

    private void round() {
      if (ahead.isEmpty()) {
        Step.Run run = next();
        ahead.addAll(run.steps());
        position = run.next();
        ended = position == null;
        if (ahead.isEmpty()) {
          examined = position;
          return;
        }
        if (!goesOn()) {
          return;
        }
      }
      examine(take());
    }

    private Step.Run next() {
      Supplier<Step.Run> opened = first;
      first = null;
      return opened == null ? source.next(position, Math.max(limit, wanted()) + 1) : opened.get();
    }

    /// How many posts to look at for what is missing: more, the fewer of those before were shown.
    private int wanted() {
      int missing = limit - items.size();
      if (looked == 0) {
        return missing;
      }
      double perItem = REFILL_FACTOR * looked / Math.max(1, items.size());
      return Math.clamp((long) Math.ceil(missing * perItem), missing, EXAMINED_PER_ROUND_MAX);
    }

    private List<Step> take() {
      int wanted = wanted();
      var taken = new ArrayList<Step>();
      while (taken.size() < wanted && !ahead.isEmpty()) {
        taken.add(reading(ahead.removeFirst()));
      }
      int peeks = wanted == 0 ? PEEK_MAX : 1;
      while (peeks-- > 0 && !ahead.isEmpty() && isAffordable(ahead.getFirst())) {
        taken.add(reading(ahead.removeFirst()));
      }
      looked += taken.size();
      return taken;
    }

    private void examine(List<Step> taken) {
      Map<String, PostView> views = new HashMap<>();
      assembler
          .assemble(viewer, taken.stream().map(Step::entry).toList(), purpose)
          .forEach(view -> views.put(view.id(), view));
      for (Step step : taken) {
        PostView view = views.get(step.entry().id());
        if (view != null && !isPassed.test(view.shownId())) {
          Item same = items.get(view.shownId());
          if (same != null) {
            same.add(view);
          } else if (items.size() == limit) {
            moreIsKnown = true;
            return;
          } else {
            items.put(view.shownId(), new Item(view));
          }
        }
        examined = step.after();
      }
    }

    private Filled filled() {
      boolean nothingLeft = !moreIsKnown && ended && ahead.isEmpty();
      String behind = nothingLeft ? null : examined;
      return new Filled(
          items.values().stream().map(Item::shown).toList(),
          passed.after(
              behind, mayComeAgain(), id -> behind != null && source.mayComeAgain(id, behind)));
    }

    /// Posts that a repost behind this page may show: older ones than it, and the last, whose
    /// reposts may stand next to it.
    private List<String> mayComeAgain() {
      String last = items.isEmpty() ? null : items.lastEntry().getKey();
      return items.entrySet().stream()
          .filter(item -> item.getValue().view.repeatsAnother() || item.getKey().equals(last))
          .map(Map.Entry::getKey)
          .toList();
    }

    private Step reading(Step step) {
      PostEntry entry = step.entry();
      posts.add(entry.id());
      people.add(entry.author());
      if (entry.ref() != null) {
        posts.add(entry.ref().id());
        people.add(entry.ref().author());
      }
      return step;
    }

    private boolean isAffordable(Step step) {
      PostEntry entry = step.entry();
      int morePosts = isNew(entry.id(), posts);
      int morePeople = isNew(entry.author(), people);
      if (entry.ref() != null) {
        morePosts += isNew(entry.ref().id(), posts);
        morePeople +=
            entry.ref().author().equals(entry.author()) ? 0 : isNew(entry.ref().author(), people);
      }
      int readsOfPost = viewer == null ? 1 : 2;
      int reads = readsOfPost * (posts.size() + morePosts) + people.size() + morePeople;
      return reads <= READS_PER_ITEM * Math.max(limit, READ_ITEMS_MIN);
    }

    private static <T> int isNew(T thing, Set<T> known) {
      return known.contains(thing) ? 0 : 1;
    }
  }

  /// A post on a page, and who reposted it.
  private final class Item {
    private final PostView view;
    private final List<PersonView> reposters = new ArrayList<>();
    private long reposts;

    Item(PostView view) {
      this.view = view;
      add(view);
    }

    /// Adds the post itself, or a repost of it.
    void add(PostView same) {
      if (same.repeatsAnother()) {
        reposts++;
        if (reposters.size() < REPOSTERS_SHOWN) {
          reposters.add(same.author());
        }
      }
    }

    PostView shown() {
      return reposts == 0
          ? view
          : heads.get(new Head(view, new RepostedBy(reposts, reposters)), Head::view);
    }
  }

  /// What a reposted post is shown as; the same object each time, as its JSON is kept by that.
  private record Head(PostView post, RepostedBy by) {
    PostView view() {
      return post.withRepostedBy(by);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Posts that are shown are kept as one object each.
    public boolean equals(@Nullable Object other) {
      return other instanceof Head head && post == head.post && by.equals(head.by);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(post) + by.hashCode();
    }
  }
}

package dev.fireside.feed;

import dev.fireside.feed.domain.Step;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostView;
import dev.fireside.social.store.PostAssembler;
import dev.fireside.social.store.PostAssembler.Purpose;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Fills pages with what their viewer may see: what is left out is made up for from further down,
/// and the position moves past everything that was looked at.
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

  private final PostAssembler assembler;

  Pager(PostAssembler assembler) {
    this.assembler = assembler;
  }

  /// Where posts come from.
  interface Source {
    /// The posts behind a position (null: the start), about `count` of them.
    Step.Run next(@Nullable String after, int count);

    /// The same, what it first reads in a batch with other reads, if it can.
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
    Supplier<Step.Run> first = source.next(batch, after, limit + 1);
    return () -> new Filling(viewer, after, limit, purpose, source, first).fill();
  }

  private final class Filling {
    private final @Nullable Uid viewer;
    private final int limit;
    private final Purpose purpose;
    private final Source source;
    private final List<PostView> items = new ArrayList<>();
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
      this.position = after;
      this.examined = after;
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
        if (view != null) {
          if (items.size() == limit) {
            moreIsKnown = true;
            return;
          }
          items.add(view);
        }
        examined = step.after();
      }
    }

    private Filled filled() {
      boolean nothingLeft = !moreIsKnown && ended && ahead.isEmpty();
      return new Filled(items, nothingLeft ? null : examined);
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
}

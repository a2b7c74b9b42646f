package dev.fireside.feed;

import dev.fireside.feed.domain.Step;
import dev.fireside.shared.ids.Uid;
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
import org.jspecify.annotations.Nullable;

/// Fills pages with what their viewer may see: what is left out is made up for from further down,
/// and the position moves past everything that was looked at.
final class Pager {
  /// Refills of one page; one that is not full then has a position to go on from all the same.
  private static final int ROUNDS_MAX = 10;

  private static final int EXAMINED_PER_ROUND_MAX = 100;
  private static final double REFILL_FACTOR = 1.5;

  /// Documents a page may cost an item where no cache holds anything: post, author, reactions.
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
  }

  /// A page.
  ///
  /// @param items what the viewer is shown
  /// @param next the position behind them; null on the last page
  record Filled(List<PostView> items, @Nullable String next) {}

  /// A page of `limit` posts behind `after` (null: the start).
  Filled fill(
      @Nullable Uid viewer, @Nullable String after, int limit, Purpose purpose, Source source) {
    var page = new Filling(viewer, after, limit, purpose, source);
    for (int round = 0; round < ROUNDS_MAX && page.goesOn(); round++) {
      page.round();
    }
    return page.filled();
  }

  private final class Filling {
    private final @Nullable Uid viewer;
    private final int limit;
    private final Purpose purpose;
    private final Source source;
    private final List<PostView> items = new ArrayList<>();
    private final Deque<Step> ahead = new ArrayDeque<>();
    private final Set<String> reads = new HashSet<>();
    private @Nullable String position;
    private @Nullable String examined;
    private int looked;
    private boolean ended;
    private boolean moreIsKnown;

    Filling(
        @Nullable Uid viewer, @Nullable String after, int limit, Purpose purpose, Source source) {
      this.viewer = viewer;
      this.position = after;
      this.examined = after;
      this.limit = limit;
      this.purpose = purpose;
      this.source = source;
    }

    /// A full page goes on only to learn whether anything is left, and only if that is cheap.
    boolean goesOn() {
      if (moreIsKnown || (ended && ahead.isEmpty())) {
        return false;
      }
      return items.size() < limit || ahead.isEmpty() || isAffordable(ahead.getFirst());
    }

    void round() {
      if (ahead.isEmpty()) {
        Step.Run run = source.next(position, Math.max(limit, wanted()) + 1);
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

    Filled filled() {
      boolean nothingLeft = !moreIsKnown && ended && ahead.isEmpty();
      return new Filled(items, nothingLeft ? null : examined);
    }

    private Step reading(Step step) {
      reads.addAll(readsOf(step.entry()));
      return step;
    }

    private boolean isAffordable(Step step) {
      var together = new HashSet<>(reads);
      together.addAll(readsOf(step.entry()));
      return together.size() <= READS_PER_ITEM * Math.max(limit, READ_ITEMS_MIN);
    }

    private List<String> readsOf(PostEntry entry) {
      var keys = new ArrayList<String>();
      add(keys, entry.id(), entry.author());
      if (entry.ref() != null) {
        add(keys, entry.ref().id(), entry.ref().author());
      }
      return keys;
    }

    private void add(List<String> keys, String id, Uid author) {
      keys.add("post:" + id);
      keys.add("user:" + author);
      if (viewer != null) {
        keys.add("reactions:" + id);
      }
    }
  }
}

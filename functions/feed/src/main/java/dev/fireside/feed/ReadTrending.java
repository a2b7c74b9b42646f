package dev.fireside.feed;

import dev.fireside.feed.domain.Step;
import dev.fireside.feed.store.PostQueries.Hot;
import dev.fireside.feed.store.Trends;
import dev.fireside.feed.store.Trends.Ranked;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.store.PostAssembler.Purpose;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads what is trending. Whoever pages goes on in the list they began with; if that is lost,
/// below the heat they had come to.
final class ReadTrending {
  private final Trends trends;
  private final Pager pager;

  ReadTrending(Trends trends, Pager pager) {
    this.trends = trends;
    this.pager = pager;
  }

  /// The posts behind `after` (null: the hottest).
  Pager.Filled read(@Nullable Uid viewer, @Nullable String after, int limit) {
    return pager.fill(
        viewer,
        after,
        limit,
        Purpose.FEED,
        (position, count) -> next(position == null ? null : Position.parse(position), count));
  }

  private Step.Run next(@Nullable Position position, int count) {
    Ranked list;
    int index = 0;
    if (position == null) {
      list = trends.current();
    } else {
      Optional<Ranked> same = trends.at(position.version);
      list = same.orElseGet(trends::current);
      index = same.isPresent() ? position.index : position.indexIn(list);
    }
    var steps = new ArrayList<Step>();
    while (steps.size() < count && index < list.posts().size()) {
      Hot hot = list.posts().get(index++);
      var behind = new Position(list.version(), index, hot.heat(), hot.entry().id());
      steps.add(new Step(hot.entry(), behind.encode()));
    }
    boolean ended = index >= list.posts().size() || steps.isEmpty();
    return new Step.Run(steps, ended ? null : steps.getLast().after());
  }

  private record Position(long version, int index, double heat, String id) {
    static Position parse(String text) {
      String[] parts = text.split("/", -1);
      return new Position(
          Long.parseLong(parts[0]),
          Integer.parseInt(parts[1]),
          Double.parseDouble(parts[2]),
          parts[3]);
    }

    String encode() {
      return version + "/" + index + "/" + heat + "/" + id;
    }

    /// Where this is in a list of another time.
    int indexIn(Ranked list) {
      int passed = 0;
      for (Hot hot : list.posts()) {
        int byHeat = Double.compare(hot.heat(), heat);
        if (byHeat < 0 || (byHeat == 0 && hot.entry().id().compareTo(id) < 0)) {
          break;
        }
        passed++;
      }
      return passed;
    }
  }
}

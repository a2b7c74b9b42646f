package dev.fireside.feed;

import dev.fireside.feed.domain.Slice;
import dev.fireside.feed.store.EntryLists;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.RedisUnavailableException;
import dev.fireside.social.domain.PostEntry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The newest posts of many authors: from their outboxes in Redis, and for authors whose posts
/// Redis does not know, or not far enough down, from Firestore. What was found there becomes their
/// outbox, so that it is looked for once and not by each of their followers.
final class FanIn {
  /// Posts that are looked at of each of so many authors that most of theirs are not needed.
  private static final int OF_MANY = 10;

  private static final int MANY = 100;

  private final Stores stores;
  private final EntryLists outboxes;
  private final Ids ids;

  FanIn(Platform platform, Stores stores) {
    this.stores = stores;
    this.outboxes = stores.outboxes();
    this.ids = platform.ids();
  }

  /// The newest posts below `before` (null: of all), whatever their state.
  Slice newestOf(Collection<Uid> authors, @Nullable String before, int count) {
    List<Uid> all = List.copyOf(new LinkedHashSet<>(authors));
    Map<Uid, Slice> known;
    try {
      known = outboxes.readAll(all, before, all.size() > MANY ? Math.min(count, OF_MANY) : count);
    } catch (RedisUnavailableException e) {
      return stores.posts().newestOf(all, before, null, count);
    }
    String cut = cut(known.values(), count);
    var slices = new ArrayList<Slice>();
    var unknown = new ArrayList<Uid>();
    for (Uid author : all) {
      Slice own = known.get(author);
      if (own != null && own.reaches(cut)) {
        slices.add(own);
      } else {
        unknown.add(author);
      }
    }
    if (!unknown.isEmpty()) {
      slices.add(before == null ? fill(unknown, cut, count) : extend(unknown, before, cut, count));
    }
    return Slice.merge(slices);
  }

  /// The id of the last of the `count` newest posts; null where there are fewer.
  private static @Nullable String cut(Collection<Slice> slices, int count) {
    return slices.stream()
        .flatMap(slice -> slice.entries().stream())
        .map(PostEntry::id)
        .sorted(Comparator.reverseOrder())
        .skip(count - 1L)
        .findFirst()
        .orElse(null);
  }

  /// First the outboxes are begun, so that new posts go into them; then it is looked for the posts
  /// before: nothing falls in between.
  private Slice fill(List<Uid> authors, @Nullable String cut, int count) {
    String token = ids.next();
    boolean begun = ifRedisIsThere(() -> outboxes.beginAnew(authors, token));
    Slice found = stores.posts().newestOf(authors, null, cut, count);
    if (begun) {
      ifRedisIsThere(() -> outboxes.finishAll(token, byAuthor(authors, found)));
    }
    return found;
  }

  private Slice extend(List<Uid> authors, String before, @Nullable String cut, int count) {
    String token = ids.next();
    boolean begun = ifRedisIsThere(() -> outboxes.beginBelow(authors, token));
    Slice found = stores.posts().newestOf(authors, before, cut, count);
    if (begun) {
      ifRedisIsThere(() -> outboxes.extendAll(token, before, byAuthor(authors, found)));
    }
    return found;
  }

  private static Map<Uid, Slice> byAuthor(List<Uid> authors, Slice found) {
    Map<Uid, List<PostEntry>> entries =
        found.entries().stream().collect(Collectors.groupingBy(PostEntry::author));
    var slices = new HashMap<Uid, Slice>();
    authors.forEach(author ->
        slices.put(author, new Slice(entries.getOrDefault(author, List.of()), found.floor())));
    return slices;
  }

  static boolean ifRedisIsThere(Runnable keep) {
    try {
      keep.run();
      return true;
    } catch (RedisUnavailableException e) {
      // The next reader looks for them again.
      return false;
    }
  }
}

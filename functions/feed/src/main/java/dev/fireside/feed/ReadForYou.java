package dev.fireside.feed;

import dev.fireside.feed.domain.Candidate;
import dev.fireside.feed.domain.Slice;
import dev.fireside.feed.domain.Step;
import dev.fireside.feed.store.PostQueries.Hot;
import dev.fireside.feed.store.Snapshots;
import dev.fireside.feed.store.Trends;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.load.GivenUpException;
import dev.fireside.shared.load.OverloadedException;
import dev.fireside.shared.redis.Redis;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostView;
import dev.fireside.social.store.PostAssembler;
import dev.fireside.social.store.PostAssembler.Purpose;
import dev.fireside.social.store.RelationReader;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads somebody's ranked feed: the recent posts of their home and what is trending elsewhere,
/// best first, then the rest of their home by time.
///
/// The ranking is made once and kept while it is paged, so that nothing is shown twice or passed
/// over. Where it cannot be made or kept, the feed is newest first.
final class ReadForYou {
  private static final Logger log = LoggerFactory.getLogger(ReadForYou.class);
  private static final int RECENT_MAX = 300;
  private static final int TRENDING_MAX = 60;

  /// `s:snapshot:offset` inside the ranking, `t:id` below it, by time.
  private static final String RANKED = "s:";

  private static final String BY_TIME = "t:";

  private final HomeSource home;
  private final Trends trends;
  private final Snapshots snapshots;
  private final PostAssembler assembler;
  private final RelationReader relations;
  private final Pager pager;
  private final Ranker ranker;
  private final Redis redis;
  private final Ids ids;
  private final Clock clock;

  /// Orders candidates, best first.
  interface Ranker {
    List<PostEntry> rank(List<Candidate> candidates, Instant now);
  }

  ReadForYou(
      Platform platform,
      HomeSource home,
      Trends trends,
      PostAssembler assembler,
      Pager pager,
      Ranker ranker) {
    this.home = home;
    this.trends = trends;
    this.snapshots = new Snapshots(platform.redis());
    this.assembler = assembler;
    this.relations = new RelationReader(platform);
    this.pager = pager;
    this.ranker = ranker;
    this.redis = platform.redis();
    this.ids = platform.ids();
    this.clock = platform.clock();
  }

  /// The posts behind `after` (null: a new ranking). Throws a 400 problem when the ranking it
  /// belongs to is not kept any more.
  Pager.Filled read(Uid viewer, @Nullable String after, int limit) {
    String start = after == null ? start(viewer) : after;
    return pager.fill(viewer, start, limit, Purpose.FEED, new Source(viewer, start));
  }

  /// The ranked feed as a source of pages.
  private final class Source implements Pager.Source {
    private final Uid viewer;
    private final String start;

    Source(Uid viewer, String start) {
      this.viewer = viewer;
      this.start = start;
    }

    @Override
    public Step.Run next(@Nullable String after, int count) {
      return ReadForYou.this.next(viewer, after == null ? start : after, count);
    }

    /// A ranking has reposts of a post next to it; below the ranking they come by time.
    @Override
    public boolean mayComeAgain(String id, String position) {
      return !position.startsWith(BY_TIME)
          || position.length() == BY_TIME.length()
          || id.compareTo(position.substring(BY_TIME.length())) < 0;
    }
  }

  private Step.Run next(Uid viewer, String position, int count) {
    if (position.startsWith(BY_TIME)) {
      String before = position.substring(BY_TIME.length());
      return Step.Run.of(home.next(viewer, before.isEmpty() ? null : before, count), BY_TIME);
    }
    String[] parts = position.split(":", -1);
    String prefix = RANKED + parts[1] + ":";
    int offset = Integer.parseInt(parts[2]);
    Snapshots.Part part =
        snapshots
            .read(viewer, parts[1], offset, count)
            .orElseThrow(() ->
                ProblemException.of(
                    ProblemType.INVALID_CURSOR,
                    "This ranking is not kept any more; start again without a cursor"));
    var steps = new ArrayList<Step>();
    for (PostEntry entry : part.entries()) {
      steps.add(new Step(entry, prefix + ++offset));
    }
    if (steps.size() == count) {
      return new Step.Run(steps, prefix + offset);
    }
    return new Step.Run(steps, part.floor() == null ? null : BY_TIME + part.floor());
  }

  /// Makes a ranking, and answers where to read it.
  private String start(Uid viewer) {
    if (!redis.isAvailable()) {
      return BY_TIME;
    }
    try {
      Slice recent = home.next(viewer, null, RECENT_MAX).newest(RECENT_MAX);
      List<Candidate> candidates = candidates(viewer, recent);
      List<PostEntry> ranked = together(ranker.rank(candidates, clock.instant()), candidates);
      String snapshot = ids.next();
      snapshots.save(viewer, snapshot, new Snapshots.Part(ranked, recent.floor()));
      return RANKED + snapshot + ":0";
    } catch (OverloadedException | GivenUpException e) {
      // Another way to the same posts is no cheaper.
      throw e;
    } catch (RuntimeException e) {
      log.warn("A feed could not be ranked: it is shown newest first", e);
      return BY_TIME;
    }
  }

  /// A ranking with all reposts of a post next to the best of them, or to the post itself.
  private static List<PostEntry> together(List<PostEntry> ranked, List<Candidate> candidates) {
    Map<String, String> shown = new HashMap<>();
    candidates.forEach(candidate -> shown.put(candidate.entry().id(), candidate.shown()));
    Map<String, List<PostEntry>> byShown = new LinkedHashMap<>();
    for (PostEntry entry : ranked) {
      String id = shown.getOrDefault(entry.id(), entry.id());
      byShown.computeIfAbsent(id, _ -> new ArrayList<>()).add(entry);
    }
    return byShown.values().stream().flatMap(List::stream).toList();
  }

  private List<Candidate> candidates(Uid viewer, Slice recent) {
    var candidates = new ArrayList<Candidate>();
    add(candidates, viewer, recent.entries(), true);
    add(candidates, viewer, strangers(viewer), false);
    return candidates;
  }

  private void add(
      List<Candidate> candidates, Uid viewer, List<PostEntry> entries, boolean followed) {
    Map<String, PostEntry> byId = new HashMap<>();
    entries.forEach(entry -> byId.put(entry.id(), entry));
    for (PostView view :
        assembler.assemble(viewer, entries, followed ? Purpose.HOME : Purpose.FEED)) {
      PostEntry entry = byId.get(view.id());
      if (entry != null) {
        candidates.add(Candidate.of(entry, view, followed));
      }
    }
  }

  /// What is trending from people the viewer does not follow: the others' posts come by themselves,
  /// and would come twice.
  private List<PostEntry> strangers(Uid viewer) {
    List<PostEntry> trending =
        trends.current().posts().stream().limit(TRENDING_MAX).map(Hot::entry).toList();
    var relation = relations.getAll(viewer, trending.stream().map(PostEntry::author).toList());
    return trending.stream()
        .filter(entry -> !entry.author().equals(viewer))
        .filter(entry -> {
          var known = relation.get(entry.author());
          return known == null || !known.follows();
        })
        .toList();
  }
}

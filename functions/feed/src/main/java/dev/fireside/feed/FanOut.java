package dev.fireside.feed;

import dev.fireside.feed.domain.FanOutJob;
import dev.fireside.feed.domain.FanOutMessage;
import dev.fireside.feed.domain.FanOutState;
import dev.fireside.feed.domain.Slice;
import dev.fireside.feed.store.ActiveFollowers;
import dev.fireside.feed.store.EntryLists;
import dev.fireside.feed.store.Ties;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.PoisonEventException;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.PostEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Walks through an author's active followers, one leg of followers a message.
///
/// A leg may be walked any number of times: entries are a set. It publishes the next one when its
/// own work is done, so a crash repeats work and loses none. Where the active followers were lost,
/// the walk goes through `follows` and finds them again on its way.
final class FanOut {
  static final String TOPIC = "feed-fanout";

  private static final int LEG = 1_000;

  /// A leg that carries an outbox to each follower moves more bytes.
  private static final int RETURN_LEG = 100;

  /// Posts of the time before the switch that may have been delivered only after it.
  private static final Duration RETURN_OVERLAP = Duration.ofHours(1);

  /// From 17,000 to 74,000 pushes a second and connection, a post reaches so many within 2 to 6 s.
  private static final int PULL_THRESHOLD = 100_000;

  private final Stores stores;
  private final BuildOutbox buildOutbox;
  private final Consumer<FanOutMessage> publisher;
  private final Ids ids;
  private final int pullThreshold;

  FanOut(Platform platform, Stores stores) {
    this(platform, stores, message -> platform.topics().publish(TOPIC, message));
  }

  FanOut(Platform platform, Stores stores, Consumer<FanOutMessage> publisher) {
    this.stores = stores;
    this.buildOutbox = new BuildOutbox(platform, stores);
    this.publisher = publisher;
    this.ids = platform.ids();
    this.pullThreshold = pullThreshold(platform);
  }

  static int pullThreshold(Platform platform) {
    return platform.config().number("FEED_PULL_THRESHOLD", PULL_THRESHOLD, 1, 1_000_000_000);
  }

  /// Walks one leg.
  void walk(FanOutMessage message) {
    if (message.job() == FanOutJob.RETURN && isStart(message)) {
      if (!stores.fanOuts().startReturn(message.author())) {
        return;
      }
    }
    if (message.rebuild() != null) {
      rebuilding(message, message.rebuild());
      return;
    }
    int leg = message.job() == FanOutJob.RETURN ? RETURN_LEG : LEG;
    Optional<ActiveFollowers.Page> page =
        stores.active().page(message.author(), message.after(), leg);
    if (page.isEmpty()) {
      String token = ids.next();
      stores.active().begin(message.author(), token);
      rebuilding(message, token);
    } else {
      active(message, page.get());
    }
  }

  private void active(FanOutMessage message, ActiveFollowers.Page page) {
    List<Uid> followers = page.followers();
    List<Boolean> alive = work(message, followers);
    stores.active().forget(message.author(), having(followers, alive, false));
    if (page.next() != null) {
      publish(message.after(page.next()));
    } else {
      finished(message);
    }
  }

  private void rebuilding(FanOutMessage message, String token) {
    Uid author = message.author();
    // A walk that has lost its way among the active followers begins again, and a rebuilding does
    // that lost what it had found.
    String after = message.rebuild() == null ? null : message.after();
    if (!stores.active().isGoingOn(author, token)) {
      publish(message.restarted());
      return;
    }
    int leg = message.job() == FanOutJob.RETURN ? RETURN_LEG : LEG;
    Ties.Followers page = stores.ties().followers(author, after, leg);
    List<Boolean> alive = work(message, page.followers());
    stores.active().joinAll(author, having(page.followers(), alive, true));
    if (page.next() != null) {
      publish(message.rebuildingAfter(token, page.next()));
    } else if (stores.active().finish(author, token)) {
      finished(message);
    } else {
      publish(message.restarted());
    }
  }

  /// Does the job for these followers.
  ///
  /// @return for each, whether they have a timeline
  private List<Boolean> work(FanOutMessage message, List<Uid> followers) {
    if (followers.isEmpty()) {
      return List.of();
    }
    EntryLists timelines = stores.timelines();
    return switch (message.job()) {
      case POST -> timelines.push(followers, entry(message));
      case RETURN -> timelines.merge(followers, pulledPosts(message.author()));
      case REVIEW -> timelines.exist(followers);
    };
  }

  private void finished(FanOutMessage message) {
    Uid author = message.author();
    long active = stores.active().count(author).orElse(0L);
    switch (message.job()) {
      case POST -> {
        if (FanOutState.isTooLarge(active, pullThreshold)) {
          pull(author, active);
        }
      }
      case RETURN -> stores.fanOuts().finishReturn(author, active);
      case REVIEW -> {
        if (FanOutState.isSmallAgain(active, pullThreshold)) {
          publish(FanOutMessage.start(FanOutJob.RETURN, author, null));
        }
      }
    }
  }

  private void pull(Uid author, long active) {
    stores
        .fanOuts()
        .pull(
            author,
            active,
            () -> {
              // There is an outbox that goes far before anybody reads it.
              buildOutbox.build(author);
            });
  }

  /// What followers may lack: the author's posts since they were switched to pull.
  private Slice pulledPosts(Uid author) {
    Slice outbox =
        stores
            .outboxes()
            .read(author, null, stores.ofOneAuthorMax())
            .orElseGet(() -> buildOutbox.build(author));
    String since = Ids.lowest(stores.fanOuts().state(author).changedAt().minus(RETURN_OVERLAP));
    List<PostEntry> posts =
        outbox.entries().stream().filter(entry -> entry.id().compareTo(since) >= 0).toList();
    boolean all = outbox.floor() == null || outbox.floor().compareTo(since) <= 0;
    return new Slice(posts, all ? null : outbox.floor());
  }

  private static PostEntry entry(FanOutMessage message) {
    String text = message.entry();
    return Optional.ofNullable(text)
        .flatMap(PostEntry::decode)
        .orElseThrow(() -> new PoisonEventException("The message holds no post"));
  }

  private static boolean isStart(FanOutMessage message) {
    return message.after() == null;
  }

  private static List<Uid> having(List<Uid> followers, List<Boolean> alive, boolean wanted) {
    var result = new ArrayList<Uid>();
    for (int i = 0; i < followers.size(); i++) {
      if (alive.get(i) == wanted) {
        result.add(followers.get(i));
      }
    }
    return result;
  }

  private void publish(FanOutMessage message) {
    publisher.accept(message);
  }
}

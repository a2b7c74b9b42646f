package dev.fireside.feed;

import dev.fireside.feed.domain.FanOutJob;
import dev.fireside.feed.domain.FanOutMessage;
import dev.fireside.feed.domain.FanOutState;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Topics;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.PostEntry;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Brings a new post on its way: into its author's outbox and own timeline at once, to the
/// followers by a walk of messages, unless so many are active that they pull.
///
/// Posts are delivered whatever their visibility and state, which may change: who may see them is
/// decided at read.
final class DeliverPost {
  private final Stores stores;
  private final Supplier<Topics> topics;
  private final Clock clock;
  private final int pullThreshold;

  DeliverPost(Platform platform, Stores stores) {
    this.stores = stores;
    this.topics = platform::topics;
    this.clock = platform.clock();
    this.pullThreshold = FanOut.pullThreshold(platform);
  }

  /// Delivers a post. Throws while Redis or Pub/Sub are away: then it has to be delivered again.
  void deliver(PostEntry entry) {
    Uid author = entry.author();
    // Before reading whether to push: whoever switches the author reads the outbox later.
    stores.outboxes().push(List.of(author), entry);
    stores.timelines().push(List.of(author), entry);
    if (!stores.fanOuts().mayBePulled(author)) {
      publish(FanOutMessage.start(FanOutJob.POST, author, entry.encode()));
      return;
    }
    FanOutState state = stores.fanOuts().state(author);
    if (state.pushes(clock.instant())) {
      publish(FanOutMessage.start(FanOutJob.POST, author, entry.encode()));
    } else if (isSmallAgain(author)) {
      publish(FanOutMessage.start(FanOutJob.RETURN, author, null));
    }
  }

  private boolean isSmallAgain(Uid author) {
    Optional<Long> active = stores.active().count(author);
    return active.isPresent() && FanOutState.isSmallAgain(active.get(), pullThreshold);
  }

  private void publish(FanOutMessage message) {
    topics.get().publish(FanOut.TOPIC, message);
  }
}

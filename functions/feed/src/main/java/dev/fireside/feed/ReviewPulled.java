package dev.fireside.feed;

import dev.fireside.feed.domain.FanOutJob;
import dev.fireside.feed.domain.FanOutMessage;
import dev.fireside.feed.domain.FanOutState;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Topics;
import dev.fireside.shared.ids.Uid;
import java.util.function.Supplier;

/// Looks whether pulled authors can be pushed again: nobody else notices when their followers stop
/// reading. Also takes up ways back that were broken off.
final class ReviewPulled {
  private final Stores stores;
  private final Supplier<Topics> topics;

  ReviewPulled(Platform platform) {
    this.stores = Stores.of(platform);
    this.topics = platform::topics;
  }

  /// Starts a walk for each pulled author.
  void review() {
    for (Uid author : stores.fanOuts().pulledInFirestore()) {
      FanOutState state = stores.fanOuts().state(author);
      FanOutJob job = state.returningAt() == null ? FanOutJob.REVIEW : FanOutJob.RETURN;
      topics.get().publish(FanOut.TOPIC, FanOutMessage.start(job, author, null));
    }
  }
}

package dev.fireside.games.purge;

import dev.fireside.games.store.PlayerPurge;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.Continuation;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.store.ProfileReader;

/// Removes what a deleted person owned: inventory, history, parts in live events, game sessions;
/// and takes them out of the histories of others. It removes whatever exists, so that it can be
/// begun again at any time.
public final class PurgePlayer {
  /// Pages in one go; the rest is left to the next message.
  private static final int PAGES_MAX = 20;

  private static final String TOPIC = "games-purge-user";

  private final Documents documents;
  private final Continuation<Rest> pages;

  public PurgePlayer(Platform platform) {
    var store = new PlayerPurge(platform);
    this.documents = platform.documents();
    this.pages =
        new Continuation<>(
            platform.topics(), TOPIC, PAGES_MAX, rest -> store.purgePageOf(rest.uid()));
  }

  /// A message to go on.
  public record Rest(Uid uid) {}

  /// Removes some, and sees to the rest.
  public void purge(Uid uid) {
    pages.run(new Rest(uid));
  }

  /// The same for somebody who may have been deleted while something was written for them.
  public void purgeIfGone(Uid uid) {
    // From Firestore: what Redis keeps may be from just before.
    if (documents
        .get(ProfileReader.path(uid))
        .filter(it -> ProfileReader.parse(it).status() == AccountStatus.DELETED)
        .isPresent()) {
      purge(uid);
    }
  }
}

package dev.fireside.presence;

import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.load.Together;
import dev.fireside.shared.realtime.RealtimeDatabase;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.domain.Profile;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Removes what nobody else does: connections whose end the database has not seen, the presence of
/// the deleted, rights to listen that are over, and typing that was left behind. Publishes all
/// presence again in a database that is new or was lost.
final class SweepPresence {
  /// How often a person who is there is made sure of.
  private static final Duration SURE_FOR = Duration.ofMinutes(15);

  /// Readers ignore typing after 5 s.
  private static final Duration TYPING_KEPT = Duration.ofMinutes(1);

  private static final int PEOPLE_PER_PAGE = 500;
  private static final int PAGES_MAX = 40;
  private static final int AT_ONCE = 16;
  private static final int ROOMS_MAX = 10_000;
  private static final int WATCHERS_MAX = 5_000;

  private final Stores stores;
  private final CountPresence countPresence;
  private final RemovePerson removePerson;
  private final Clock clock;

  SweepPresence(Stores stores, Clock clock) {
    this.stores = stores;
    this.countPresence = new CountPresence(stores, clock);
    this.removePerson = new RemovePerson(stores);
    this.clock = clock;
  }

  void sweep() {
    Instant now = clock.instant();
    for (int page = 0; page < PAGES_MAX; page++) {
      List<Uid> people = stores.presence().unsure(now.minus(SURE_FOR), PEOPLE_PER_PAGE);
      if (people.isEmpty()) {
        break;
      }
      verify(people);
      stores.presence().sure(people);
    }
    stores.tree().all().forEach(this::fill);
    stores.watchers().sweep(WATCHERS_MAX);
    stores.typing().sweep(now.minus(TYPING_KEPT), ROOMS_MAX);
  }

  /// Publishes whom a database does not know, as far as one run comes.
  private void fill(RealtimeDatabase database) {
    String after = stores.tree().filledUpTo(database).orElse(null);
    for (int page = 0; after != null && page < PAGES_MAX; page++) {
      List<Uid> people = stores.presence().page(after, PEOPLE_PER_PAGE);
      verify(people.stream().filter(uid -> stores.tree().home(uid).equals(database)).toList());
      after = people.size() < PEOPLE_PER_PAGE ? null : people.getLast().value();
      stores.tree().fillUpTo(database, after);
    }
  }

  private void verify(List<Uid> people) {
    var profiles = stores.profiles().getAll(people);
    Together.each(
        people,
        AT_ONCE,
        uid -> {
          Profile profile = profiles.get(uid);
          if (profile != null && profile.status() == AccountStatus.DELETED) {
            removePerson.remove(uid);
          } else {
            countPresence.verify(uid);
          }
          return uid;
        });
  }
}

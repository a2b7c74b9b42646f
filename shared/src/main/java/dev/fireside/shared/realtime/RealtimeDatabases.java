package dev.fireside.shared.realtime;

import dev.fireside.shared.auth.AccessTokens;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.ids.Digest;
import dev.fireside.shared.load.Limiter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The Realtime Databases of the project: one, or as many as its clients need. What belongs to one
/// person or one room lives on one of them: see `docs/decisions/0019-realtime-databases.md`.
public final class RealtimeDatabases implements AutoCloseable {
  /// A request waits no longer than this for its turn.
  private static final Duration WAIT_MAX = Duration.ofSeconds(1);

  private static final int WEIGHT_BYTES = 8;

  private static final List<String> SCOPES =
      List.of(
          "https://www.googleapis.com/auth/userinfo.email",
          "https://www.googleapis.com/auth/firebase.database");

  private final List<RealtimeDatabase> all;
  private final RestClient client;

  private RealtimeDatabases(List<RealtimeDatabase> all, RestClient client) {
    this.all = List.copyOf(all);
    this.client = client;
  }

  /// The databases that `config` names. Connects on first use.
  public static RealtimeDatabases connect(Config config, MeterRegistry meters) {
    var limiter = new Limiter("realtime", config.load().realtimeCalls(), WAIT_MAX, meters);
    var client = new RestClient(limiter);
    var all = new ArrayList<RealtimeDatabase>();
    for (URI address : config.realtimeDatabases()) {
      // Emulators take this token as that of the owner.
      AccessTokens tokens =
          "http".equals(address.getScheme()) ? () -> "owner" : AccessTokens.google(SCOPES);
      all.add(new RestRealtimeDatabase(address, tokens, client, meters));
    }
    if (all.isEmpty()) {
      all.add(new UnconfiguredRealtimeDatabase());
    }
    return new RealtimeDatabases(all, client);
  }

  /// The one that holds what belongs to nobody: the first.
  public RealtimeDatabase main() {
    return all.getFirst();
  }

  /// Where somebody or something lives: by rendezvous hashing, so that of all keys a further
  /// database takes only its share, and no other moves.
  ///
  /// @param key a uid, or the id of a room
  public RealtimeDatabase of(String key) {
    return all.stream()
        .max(
            Comparator.comparing(
                database -> Digest.hex(database.name() + "\n" + key, WEIGHT_BYTES)))
        .orElseThrow();
  }

  /// The database of a name; empty where it is not, or no longer, among ours.
  public Optional<RealtimeDatabase> named(String name) {
    return all.stream().filter(database -> database.name().equals(name)).findFirst();
  }

  /// All of them.
  public List<RealtimeDatabase> all() {
    return all;
  }

  @Override
  public void close() {
    client.close();
  }
}

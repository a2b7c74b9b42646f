package dev.fireside.shared.redis;

import dev.fireside.shared.load.Evidence;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.CommandObject;
import redis.clients.jedis.CommandObjects;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.Response;
import redis.clients.jedis.util.PrefixedKeyArgumentPreProcessor;

/// A pipeline that notes each key it reads, with the mark it has when its answer is read: changes
/// before that are in the answer, and those behind it move the mark.
final class TrackedPipeline extends AbstractPipeline {
  private final TrackedTrips trips;
  private final TrackedTrips.Reporting connection;
  private final List<Sent<?>> waiting = new ArrayList<>();
  private @Nullable Evidence evidence;

  TrackedPipeline(TrackedTrips trips, TrackedTrips.Reporting connection, String keyPrefix) {
    super(new CommandObjects(RedisProtocol.RESP3));
    this.trips = trips;
    this.connection = connection;
    if (!keyPrefix.isEmpty()) {
      commandObjects.setKeyArgumentPreProcessor(new PrefixedKeyArgumentPreProcessor(keyPrefix));
    }
  }

  /// Where to note the keys of the commands that follow; null for nowhere.
  void noteIn(@Nullable Evidence evidence) {
    this.evidence = evidence;
  }

  @Override
  protected <T> Response<T> appendCommand(CommandObject<T> command) {
    var sent = new Sent<>(command, evidence);
    try {
      connection.sendCommand(command.getArguments());
    } catch (RuntimeException e) {
      trips.drop();
      throw e;
    }
    waiting.add(sent);
    return sent.response;
  }

  @Override
  public void sync() {
    try {
      connection.send();
      for (Sent<?> sent : waiting) {
        sent.take(connection.next());
      }
    } catch (RuntimeException e) {
      trips.drop();
      throw e;
    }
    waiting.clear();
  }

  /// The connection stays open for the next.
  @Override
  public void close() {}

  private final class Sent<T> {
    private final Response<T> response;
    private final List<Object> keys;
    private final @Nullable Evidence evidence;

    Sent(CommandObject<T> command, @Nullable Evidence evidence) {
      this.response = new Response<>(command.getBuilder());
      this.evidence = evidence;
      // A longer life changes nothing that was read.
      boolean reads = command.getArguments().getCommand() != Protocol.Command.PEXPIRE;
      this.keys = evidence != null && reads ? command.getArguments().getKeys() : List.of();
    }

    void take(Object answer) {
      response.set(answer);
      if (evidence != null) {
        int generation = trips.generation();
        for (Object key : keys) {
          int place = TrackedTrips.place(key);
          evidence.note(trips, generation, place, trips.at(place));
        }
      }
    }
  }
}

package dev.fireside.shared.redis;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.Evidence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/// Commands of several stores, sent together: `add` promises, then `run` once, then read.
public final class Batch {
  /// Commands of a batch that may travel with others: larger ones would hold them up.
  private static final int SMALL_MAX = 16;

  private final Redis redis;
  private final List<Item<?>> items = new ArrayList<>();
  private boolean tracked;
  private boolean reported;
  private boolean done;
  private @Nullable RedisUnavailableException outage;

  Batch(Redis redis) {
    this.redis = redis;
  }

  /// Adds a command. The supplier may be read after [#run]; it throws [RedisUnavailableException]
  /// where the server could not work on this one.
  @CanIgnoreReturnValue
  public <T> Supplier<T> add(Function<AbstractPipeline, Response<T>> command) {
    Evidence evidence = Errand.current().evidence();
    if (evidence != null) {
      track();
    }
    var item = new Item<>(command, evidence);
    items.add(item);
    return item;
  }

  /// Has the server report changes of what was read in this and earlier batches like it: all that
  /// came before its answers are known once it has run, if [#isTracked].
  public void track() {
    tracked = true;
  }

  /// Whether it has run, and [Evidence] is up to date since.
  public boolean isTracked() {
    return reported;
  }

  /// Adds the reading of texts; each supplier, in the order of the keys, is null where there is
  /// none. One command on a single node, which costs the server less than one for each; a cluster
  /// keeps the keys on several nodes.
  public List<Supplier<@Nullable String>> texts(List<String> keys) {
    var texts = new ArrayList<Supplier<@Nullable String>>(keys.size());
    if (redis.isCluster()) {
      keys.forEach(key -> texts.add(add(pipeline -> pipeline.get(key))));
    } else if (!keys.isEmpty()) {
      Supplier<List<String>> answers = add(pipeline -> pipeline.mget(keys.toArray(String[]::new)));
      for (int i = 0; i < keys.size(); i++) {
        int index = i;
        texts.add(() -> answers.get().get(index));
      }
    }
    return texts;
  }

  /// Adds a script. It is called by its hash: a server that does not know it yet costs one more
  /// round trip, when the answer is read.
  public Supplier<@Nullable Object> script(
      Script script, List<String> keys, List<String> arguments) {
    Supplier<Object> answer = add(pipeline -> pipeline.evalsha(script.sha(), keys, arguments));
    return () -> {
      try {
        return answer.get();
      } catch (JedisNoScriptException e) {
        return redis.run(script, keys, arguments);
      }
    };
  }

  /// Sends everything in one round trip. Throws [RedisUnavailableException] while Redis is away.
  public void run() {
    if (done) {
      throw new IllegalStateException("A batch runs once");
    }
    done = true;
    if (items.isEmpty()) {
      return;
    }
    Consumer<AbstractPipeline> commands = pipeline -> items.forEach(item -> item.send(pipeline));
    if (items.size() <= SMALL_MAX) {
      reported = redis.send(commands, tracked);
    } else {
      redis.pipeline(commands);
    }
  }

  /// Like [#run], for reads that can do without: while Redis is away, every item says so when it is
  /// read.
  public void runOrGiveUp() {
    try {
      run();
    } catch (RedisUnavailableException e) {
      outage = e;
    }
  }

  /// Like [#run], for writes whose answers nobody reads: throws [RedisUnavailableException] also
  /// where the server answered that it cannot keep one of them.
  public void runChecked() {
    run();
    items.forEach(Item::check);
  }

  private final class Item<T> implements Supplier<T> {
    private final Function<AbstractPipeline, Response<T>> command;
    private final @Nullable Evidence evidence;
    private @Nullable Response<T> response;

    Item(Function<AbstractPipeline, Response<T>> command, @Nullable Evidence evidence) {
      this.command = command;
      this.evidence = evidence;
    }

    void send(AbstractPipeline pipeline) {
      if (pipeline instanceof TrackedPipeline reporting) {
        reporting.noteIn(evidence);
      } else if (evidence != null) {
        evidence.spoil();
      }
      response = command.apply(pipeline);
    }

    void check() {
      var _ = get();
    }

    @Override
    public T get() {
      if (outage != null) {
        throw outage;
      }
      if (response == null) {
        throw new IllegalStateException("The batch has not run");
      }
      try {
        return response.get();
      } catch (JedisDataException e) {
        if (Redis.isOutage(e)) {
          throw new RedisUnavailableException(e);
        }
        throw e;
      }
    }
  }
}

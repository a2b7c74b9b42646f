package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.auth.Identity;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import dev.fireside.emulator.database.tree.Window;
import dev.fireside.emulator.database.tree.Write;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A database: its data, and those who listen. Everything but [#root] happens on one thread after
/// another, in the order of [#execute]: a listener receives every version that concerns it, whole.
public final class Database {
  private final String namespace;
  private final Clock clock;
  private final Serial writer;
  private final Listeners listeners = new Listeners();
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();

  /// Those whose right to listen depends on data.
  private final Set<Subscription> revocable = new LinkedHashSet<>();

  private final List<Consumer<Written>> watchers = new CopyOnWriteArrayList<>();
  private volatile Node root = Node.empty();
  private Guard guard;

  public Database(String namespace, Clock clock, Guard guard) {
    this.namespace = namespace;
    this.clock = clock;
    this.guard = guard;
    this.writer = new Serial("database-" + namespace);
  }

  /// Does something after all that was asked for before.
  public void execute(Runnable work) {
    writer.execute(work);
  }

  /// All data, as it stands.
  public Node root() {
    return root;
  }

  /// Has `watcher` learn of every write, in their order and before who wrote is answered. It must
  /// not wait.
  public void watch(Consumer<Written> watcher) {
    watchers.add(watcher);
  }

  /// Sets the rules, and ends what they forbid.
  public void guard(Guard newGuard) {
    guard = newGuard;
    judge(List.copyOf(subscriptions));
  }

  /// Writes.
  ///
  /// @param hash of the data that must stand there; null for any
  public void write(Identity who, Call call, @Nullable String hash) throws Refusal {
    if (hash != null && !hash.equals(root.at(call.path()).hash())) {
      throw Refusal.stale();
    }
    Write write = call.resolve(root, clock.millis());
    commit(who, write, allowed(who, write));
  }

  /// Throws [Refusal] where [#write] would, and writes nothing.
  public void check(Identity who, Call call) throws Refusal {
    allowed(who, call.resolve(root, clock.millis()));
  }

  /// The data after a write, if it may be done.
  private Node allowed(Identity who, Write write) throws Refusal {
    Node after = write.apply(root);
    if (!who.admin() && !guard.write(who, write, root, after, clock.millis())) {
      throw Refusal.denied();
    }
    return after;
  }

  private void commit(Identity who, Write write, Node after) {
    Node before = root;
    root = after;
    if (after != before) {
      judge(List.copyOf(revocable));
      publish(write, before, after);
    }
    var written = new Written(namespace, write, before, after, who, clock.instant());
    watchers.forEach(watcher -> watcher.accept(written));
  }

  private void publish(Write write, Node before, Node after) {
    for (Listeners.Group group : listeners.concerned(write)) {
      Write update = group.window().update(before, after, write);
      if (!update.isEmpty()) {
        var change = new Change(group.window(), update);
        group.subscriptions().forEach(each -> each.subscriber().changed(change));
      }
    }
  }

  /// What a query selects at a path. Throws [Refusal] for those who may not read it.
  public Answer get(Identity who, Path path, Query query) throws Refusal {
    Guard.Verdict verdict = check(who, path, query);
    return new Answer(new Window(path, query).of(root), verdict.indexed());
  }

  /// What a read gives.
  ///
  /// @param indexed whether the rules have the index that was used
  public record Answer(Node node, boolean indexed) {}

  private Guard.Verdict check(Identity who, Path path, Query query) throws Refusal {
    if (who.admin()) {
      return Guard.Verdict.ALLOWED;
    }
    Guard.Verdict verdict = guard.read(who, path, query, root, clock.millis());
    if (!verdict.allowed()) {
      throw Refusal.denied();
    }
    return verdict;
  }

  /// Has somebody receive all changes of what a query selects, from now on. What it selects now,
  /// [#get] says.
  public Subscription subscribe(Path path, Query query, Subscriber subscriber) throws Refusal {
    var subscription = new Subscription(new Window(path, query), subscriber);
    Guard.Verdict verdict = check(subscriber.who(), path, query);
    subscriptions.add(subscription);
    listeners.add(subscription);
    if (!verdict.lasting()) {
      revocable.add(subscription);
    }
    return subscription;
  }

  /// Ends a subscription; harmless when it has ended.
  public void unsubscribe(Subscription subscription) {
    subscriptions.remove(subscription);
    revocable.remove(subscription);
    listeners.remove(subscription);
  }

  /// Judges subscriptions again, as those who hold them have become somebody else.
  public void judge(List<Subscription> again) {
    Map<Question, Guard.Verdict> verdicts = new HashMap<>();
    var ended = new ArrayList<Subscription>();
    for (Subscription subscription : again) {
      Identity who = subscription.subscriber().who();
      Guard.Verdict verdict =
          who.admin()
              ? Guard.Verdict.ALLOWED
              : verdicts.computeIfAbsent(new Question(who, subscription.window()), this::answer);
      if (!verdict.allowed()) {
        ended.add(subscription);
      } else if (verdict.lasting()) {
        revocable.remove(subscription);
      } else {
        revocable.add(subscription);
      }
    }
    for (Subscription subscription : ended) {
      unsubscribe(subscription);
      subscription.subscriber().revoked();
    }
  }

  private record Question(Identity who, Window window) {}

  private Guard.Verdict answer(Question question) {
    Window window = question.window();
    return guard.read(question.who(), window.at(), window.query(), root, clock.millis());
  }
}

package dev.fireside.emulator.database.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.database.auth.Identity;
import dev.fireside.emulator.database.rules.Decision;
import dev.fireside.emulator.database.rules.Rules;
import dev.fireside.emulator.database.tree.InvalidDataException;
import dev.fireside.emulator.database.tree.Node;
import dev.fireside.emulator.database.tree.Path;
import dev.fireside.emulator.database.tree.Query;
import dev.fireside.emulator.database.tree.Window;
import dev.fireside.emulator.database.tree.Write;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A database: its data, and those who listen. Everything but [#root] and [#get] happens on one
/// thread after another, in the order of [#execute]: a listener receives every version that
/// concerns it, whole.
public final class Database {
  private static final Logger log = LoggerFactory.getLogger(Database.class);

  private final String namespace;
  private final Clock clock;
  private final Serial writer;
  private final Listeners listeners = new Listeners();
  private final Set<Subscription> subscriptions = new LinkedHashSet<>();

  /// Those whose right to listen depends on data, by its places.
  private final PathIndex<Subscription> revocable = new PathIndex<>();

  private final List<Consumer<Written>> watchers = new CopyOnWriteArrayList<>();
  private final @Nullable Journal journal;
  private volatile Node root;
  private volatile RulesText rules;
  private boolean ownRules;

  /// @param journal keeps the data, and has what was kept; null keeps it in memory only
  public Database(String namespace, Clock clock, RulesText rules, @Nullable Journal journal) {
    this.namespace = namespace;
    this.clock = clock;
    this.rules = rules;
    this.journal = journal;
    this.root = journal == null ? Node.empty() : journal.root();
    this.writer = new Serial("database-" + namespace);
  }

  public String namespace() {
    return namespace;
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

  /// The rules.
  public RulesText rules() {
    return rules;
  }

  /// Gives this database rules of its own, and ends what they forbid.
  public void rules(RulesText newRules) {
    ownRules = true;
    set(newRules);
  }

  /// Takes on the rules of all databases, unless this one has its own.
  void followRules(RulesText newRules) {
    if (!ownRules) {
      set(newRules);
    }
  }

  private void set(RulesText newRules) {
    rules = newRules;
    judge(List.copyOf(subscriptions));
  }

  /// Writes.
  ///
  /// @param hash of the data that must stand there; null for any
  /// @param limit of what is written and removed
  public void write(Identity who, Call call, @Nullable String hash, SizeLimit limit)
      throws Refusal {
    if (hash != null && !hash.equals(root.at(call.path()).hash())) {
      throw Refusal.stale();
    }
    // The time that is written is the time of the rules: `newData.val() === now`.
    long now = clock.millis();
    Write write = call.resolve(root, now);
    Node after = allowed(who, write, now);
    if (write.isLargerThan(limit.chars(), root)) {
      throw Refusal.tooBig();
    }
    commit(who, write, after);
  }

  /// Throws [Refusal] where [#write] would, and writes nothing.
  public void check(Identity who, Call call) throws Refusal {
    long now = clock.millis();
    allowed(who, call.resolve(root, now), now);
  }

  /// The data after a write, if it may be done.
  private Node allowed(Identity who, Write write, long now) throws Refusal {
    Node after = write.apply(root);
    Rules known = rules.rules();
    if (known != null && !who.admin()) {
      Decision decision = known.write(write, who.auth(), root, after, now);
      if (!decision.allowed()) {
        log.debug("A write is refused: {}", decision.reason());
        throw Refusal.denied();
      }
    }
    return after;
  }

  private void commit(Identity who, Write write, Node after) throws Refusal {
    Node before = root;
    keep(write, after);
    root = after;
    if (!isSame(before, after)) {
      judge(revocable.concerned(write));
      publish(write, before, after);
    }
    var written = new Written(namespace, write, before, after, who, clock.instant());
    watchers.forEach(watcher -> tell(watcher, written));
  }

  private void keep(Write write, Node after) throws Refusal {
    if (journal != null && !isSame(root, after)) {
      try {
        journal.append(write, after);
      } catch (IOException e) {
        log.error("A write to {} cannot be kept", namespace, e);
        throw Refusal.invalid("The write cannot be kept");
      }
    }
  }

  /// Writes all data anew, as its owner.
  public void load(JsonNode json) {
    Serial.await(
        writer,
        () -> {
          try {
            write(Identity.OWNER, Call.put(Path.ROOT, json), null, SizeLimit.UNLIMITED);
          } catch (Refusal e) {
            throw new InvalidDataException(String.valueOf(e.getMessage()));
          }
        });
  }

  /// Returns when all is done that was asked for.
  public void finish() {
    Serial.await(writer, () -> {});
  }

  @SuppressWarnings("ReferenceEquality") // To compare all data for each write would take long.
  private static boolean isSame(Node before, Node after) {
    return before == after;
  }

  private static void tell(Consumer<Written> watcher, Written written) {
    try {
      watcher.accept(written);
    } catch (RuntimeException e) {
      log.error("Who watches a database failed", e);
    }
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
  public Node get(Identity who, Path path, Query query) throws Refusal {
    Node now = root;
    judged(who, path, query, now);
    return new Window(path, query).of(now);
  }

  /// What is to be added to the rules so that a query has an index, in words.
  public Optional<String> missingIndex(Path path, Query query) {
    Rules known = rules.rules();
    return known == null ? Optional.empty() : known.missingIndex(path, query);
  }

  private @Nullable Decision judged(Identity who, Path path, Query query, Node now) throws Refusal {
    Decision decision = decide(who, path, query, now);
    if (decision != null && !decision.allowed()) {
      log.debug("A read is refused: {}", decision.reason());
      throw Refusal.denied();
    }
    return decision;
  }

  /// Null where nobody asks the rules.
  private @Nullable Decision decide(Identity who, Path path, Query query, Node now) {
    Rules known = rules.rules();
    return known == null || who.admin()
        ? null
        : known.read(path, query, who.auth(), now, clock.millis());
  }

  /// Has somebody receive all changes of what a query selects, from now on. Throws [Refusal] for
  /// those who may not read it.
  public Subscription subscribe(Path path, Query query, Subscriber subscriber) throws Refusal {
    var subscription = new Subscription(new Window(path, query), subscriber);
    lastsWhile(subscription, judged(subscriber.who(), path, query, root));
    subscriptions.add(subscription);
    listeners.add(subscription);
    return subscription;
  }

  /// What a subscription is to hold now.
  public Node held(Subscription subscription) {
    return subscription.window().of(root);
  }

  private void lastsWhile(Subscription subscription, @Nullable Decision decision) {
    Set<Path> reads = decision == null ? Set.of() : decision.reads();
    if (!reads.equals(subscription.reads())) {
      subscription.reads().forEach(path -> revocable.remove(path, subscription));
      subscription.lastsWhile(reads);
      reads.forEach(path -> revocable.add(path, subscription));
    }
  }

  /// Ends a subscription; harmless when it has ended.
  public void unsubscribe(Subscription subscription) {
    subscriptions.remove(subscription);
    lastsWhile(subscription, null);
    listeners.remove(subscription);
  }

  private record Question(Identity who, Window window) {}

  /// Judges subscriptions again, as those who hold them, the rules or the data have changed.
  public void judge(Collection<Subscription> again) {
    Map<Question, Optional<Decision>> decisions = new HashMap<>();
    var ended = new ArrayList<Subscription>();
    for (Subscription subscription : again) {
      var question = new Question(subscription.subscriber().who(), subscription.window());
      @Nullable Decision decision =
          decisions
              .computeIfAbsent(
                  question,
                  _ ->
                      Optional.ofNullable(
                          decide(
                              question.who(),
                              question.window().at(),
                              question.window().query(),
                              root)))
              .orElse(null);
      if (decision == null || decision.allowed()) {
        lastsWhile(subscription, decision);
      } else {
        ended.add(subscription);
      }
    }
    for (Subscription subscription : ended) {
      unsubscribe(subscription);
      subscription.subscriber().revoked();
    }
  }
}

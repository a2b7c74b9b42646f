package dev.fireside.chat.store;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.shared.Platform;
import dev.fireside.shared.UnavailableException;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.realtime.RealtimeDatabase;
import dev.fireside.shared.realtime.RealtimeDatabases;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.domain.Presence;
import dev.fireside.social.store.PresenceReader;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Response;

/// The live copies of chats in the Realtime Database: rooms at `/chats/{chat}`, and each reader's
/// list at `/chatLists/{uid}`.
///
/// Whoever writes a chat publishes what changed; the event of the same write sees by
/// `chat:{chat}:live` in Redis, the revisions that were published, whether that happened. Who
/// publishes an older revision after a newer one finds that there too, and publishes what is stored
/// by then.
public final class Live {
  private static final Logger log = LoggerFactory.getLogger(Live.class);
  private static final Duration MARKS_LIFE = Duration.ofHours(1);
  private static final int MARKS_MAX = 200;
  private static final int ROUNDS_MAX = 5;

  private final Documents documents;
  private final Redis redis;
  private final RealtimeDatabases realtime;
  private final People people;
  private final Standings standings;
  private final PresenceReader presence;

  public Live(Platform platform, People people, Standings standings) {
    this.documents = platform.documents();
    this.redis = platform.redis();
    this.realtime = platform.realtime();
    this.people = people;
    this.standings = standings;
    this.presence = new PresenceReader(platform);
  }

  /// Publishes a change that was just written. What keeps it from that is mended by the event.
  void publish(@Nullable Chat before, Chat after) {
    var change = new LiveValues(before, after);
    try {
      write(change, after);
      if (newest(after) > after.revision()) {
        heal(change);
      }
    } catch (UnavailableException e) {
      log.debug("{} is not live yet", after.id(), e);
    }
  }

  /// Publishes a change that an event reports, unless whoever wrote it did. Throws
  /// [UnavailableException] to be called again.
  public void publishAgain(@Nullable Chat before, @Nullable Chat after) {
    if (after == null || !isPublished(after)) {
      heal(new LiveValues(before, after));
    }
  }

  /// Publishes all of a chat: where its copy was lost, or may not be seen as before.
  public void rebuild(ChatId id) {
    Chat chat = stored(id);
    if (chat != null
        && id.isDirect()
        && people.blocked(id.pair().getFirst(), id.pair().getLast())) {
      close(id);
    } else if (chat != null) {
      heal(new LiveValues(null, chat));
      var reads = new HashMap<String, Object>();
      standings
          .getAll(id, chat.readers())
          .forEach((uid, standing) -> {
            if (standing.read() > 0) {
              reads.put(readPath(chat, uid), standing.read());
            }
          });
      room(chat).update(reads);
    }
  }

  /// Publishes up to where somebody has read.
  public void read(Chat chat, Uid uid, long seq) {
    try {
      room(chat).update(Map.of(readPath(chat, uid), seq));
    } catch (UnavailableException e) {
      log.debug("What {} has read of {} is not live", uid, chat.id(), e);
    }
  }

  private static String readPath(Chat chat, Uid uid) {
    return LiveValues.room(chat) + "/read/" + uid;
  }

  /// Takes a direct chat out of the sight of both, where one has blocked the other.
  public void close(ChatId id) {
    Chat chat = stored(id);
    if (chat == null) {
      return;
    }
    var members = new HashMap<String, @Nullable Object>();
    for (Uid uid : id.pair()) {
      members.put(LiveValues.room(chat) + "/members/" + uid, null);
    }
    room(chat).update(members);
    var lists = new HashMap<Uid, LiveValues.Entry>();
    id.pair()
        .forEach(uid -> lists.put(uid, new LiveValues.Entry(LiveValues.entry(uid, chat), null)));
    write(lists);
  }

  /// The name of the database that a new chat's live copy belongs to.
  public String placeFor(ChatId id) {
    return realtime.of(id.value()).name();
  }

  /// Where clients find a chat; null where the project has no Realtime Database.
  public @Nullable String address(Chat chat) {
    return room(chat).url();
  }

  /// Where clients find a person's list; null where the project has no Realtime Database.
  public @Nullable String listAddress(Uid uid) {
    return realtime.of(uid.value()).url();
  }

  private RealtimeDatabase room(Chat chat) {
    return realtime.named(chat.database()).orElseGet(() -> realtime.of(chat.id().value()));
  }

  /// Whether a member finds a chat live.
  public boolean isOpen(Chat chat, Uid uid) {
    return room(chat).keys(LiveValues.room(chat) + "/members").contains(uid.value());
  }

  /// The chats in a person's list.
  public Set<String> listed(Uid uid) {
    return realtime.of(uid.value()).keys("chatLists/" + uid);
  }

  /// Puts chats into a person's list.
  public void list(Uid uid, Collection<Chat> chats) {
    chats.forEach(chat -> write(values(new LiveValues(null, chat), chat).of(uid)));
  }

  private void heal(LiveValues change) {
    Chat some = change.some();
    if (some == null) {
      return;
    }
    Chat current = stored(some.id());
    for (int round = 0; round < ROUNDS_MAX; round++) {
      write(change, current);
      if (current != null && newest(current) <= current.revision()) {
        return;
      }
      Chat again = stored(some.id());
      if (again == null ? current == null : again.equals(current)) {
        return;
      }
      current = again;
    }
  }

  private @Nullable Chat stored(ChatId id) {
    return documents.get(ChatDocument.path(id)).map(ChatDocument::parse).orElse(null);
  }

  private void write(LiveValues change, @Nullable Chat current) {
    Chat some = change.some();
    if (some == null) {
      return;
    }
    LiveValues.Values values = values(change, current);
    if (!values.room().isEmpty()) {
      room(some).update(values.room());
    }
    write(values.lists());
  }

  /// Writes lists: those that one database has, at once. Who lives elsewhere since a database was
  /// added has their list open where they are still connected.
  private void write(Map<Uid, LiveValues.Entry> lists) {
    Map<Uid, Presence> connected =
        realtime.all().size() == 1 ? Map.of() : presence.getAll(lists.keySet());
    var byDatabase = new LinkedHashMap<RealtimeDatabase, Map<String, @Nullable Object>>();
    lists.forEach((uid, entry) ->
        places(uid, connected.get(uid))
            .forEach(place ->
                byDatabase
                    .computeIfAbsent(place, _ -> new HashMap<>())
                    .put(entry.path(), entry.value())));
    byDatabase.forEach(RealtimeDatabase::update);
  }

  private Set<RealtimeDatabase> places(Uid uid, @Nullable Presence connected) {
    var places = new LinkedHashSet<RealtimeDatabase>();
    places.add(realtime.of(uid.value()));
    if (connected != null) {
      connected.databases().forEach(name -> realtime.named(name).ifPresent(places::add));
    }
    return places;
  }

  private LiveValues.Values values(LiveValues change, @Nullable Chat current) {
    Uid last = LiveValues.lastSender(current);
    Set<Uid> active = people.active(change.senders(current));
    if (current == null || last == null) {
      return change.values(current, active::contains, _ -> false);
    }
    Map<Uid, People.Seen> readers = people.look(last, List.copyOf(current.readers()));
    return change.values(
        current,
        active::contains,
        reader ->
            Optional.ofNullable(readers.get(reader))
                .map(seen -> seen.relation().blocked())
                .orElse(false));
  }

  /// Notes that a revision was published.
  ///
  /// @return the newest that was; 0 while Redis is away, where events publish all again
  private long newest(Chat chat) {
    String key = key(chat.id());
    String revision = Long.toString(chat.revision());
    return redis.callOr(
        0L,
        _ -> {
          var newest = new Response<?>[1];
          redis.pipeline(pipeline -> {
            pipeline.zadd(key, (double) chat.revision(), revision);
            pipeline.zremrangeByRank(key, 0, -MARKS_MAX - 1);
            pipeline.expire(key, MARKS_LIFE.toSeconds());
            newest[0] = pipeline.zrevrange(key, 0, 0);
          });
          return newest[0].get() instanceof List<?> found && !found.isEmpty()
              ? Long.parseLong(String.valueOf(found.getFirst()))
              : 0L;
        });
  }

  private boolean isPublished(Chat chat) {
    String revision = Long.toString(chat.revision());
    return redis.callOr(false, client -> client.zscore(key(chat.id()), revision) != null);
  }

  private static String key(ChatId id) {
    return "chat:" + id + ":live";
  }
}

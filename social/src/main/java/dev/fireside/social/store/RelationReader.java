package dev.fireside.social.store;

import com.google.cloud.firestore.Filter;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.VersionedHash;
import dev.fireside.shared.cache.VersionedHash.Field;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.shared.redis.RedisUnavailableException;
import dev.fireside.shared.redis.Script;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.domain.Relation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Reads how people stand to each other: one Redis hash a person, `rel:{uid}`, copied from
/// `follows`, `blocks` and `mutes`.
///
/// A field says one thing about one other person, as of a version; the field `built` says that all
/// of them exist. A hash without it is loaded whole from Firestore.
public final class RelationReader {
  /// People somebody can follow, block or mute, each; bounds the cost of loading.
  public static final int EACH_MAX = 5_000;

  private static final Script FOLLOWED = Script.resource(RelationReader.class, "followed.lua");
  private static final Duration TTL = Duration.ofDays(7);
  private static final String BUILT = "built";
  private static final String YES = "1";
  private static final String NO = "0";

  private final Redis redis;
  private final Documents documents;
  private final FollowLists lists;
  private final VersionedHash hash;

  public RelationReader(Platform platform) {
    this.redis = platform.redis();
    this.documents = platform.documents();
    this.lists = new FollowLists(platform);
    this.hash = new VersionedHash(platform.redis(), TTL);
  }

  /// How `viewer` stands to one person.
  public Relation get(@Nullable Uid viewer, Uid other) {
    return getAll(viewer, Set.of(other)).getOrDefault(other, Relation.NONE);
  }

  /// How `viewer` stands to each of `others`: one round trip.
  public Map<Uid, Relation> getAll(@Nullable Uid viewer, Collection<Uid> others) {
    Batch batch = redis.batch();
    Pending pending = lookup(batch, viewer, others);
    batch.runOrGiveUp();
    return pending.get();
  }

  /// Adds a lookup to a batch. An anonymous viewer (null) stands to everybody as a stranger.
  public Pending lookup(Batch batch, @Nullable Uid viewer, Collection<Uid> others) {
    var distinct = List.copyOf(new LinkedHashSet<>(others));
    if (viewer == null || distinct.isEmpty()) {
      return new Pending(null, distinct, () -> List.of());
    }
    var fields = new ArrayList<String>(1 + Kind.ALL.length * distinct.size());
    fields.add(BUILT);
    for (Uid other : distinct) {
      for (Kind kind : Kind.ALL) {
        fields.add(kind.field(other));
      }
    }
    return new Pending(viewer, distinct, hash.lookup(batch, key(viewer), fields));
  }

  /// Adds to a batch whether `follower` follows `followee`, as far as Redis knows it already: empty
  /// where the relations of `follower` are not there, which are not loaded for this.
  public Supplier<Optional<Boolean>> known(Batch batch, Uid follower, Uid followee) {
    String field = Kind.FOLLOWS.field(followee);
    var values = hash.lookup(batch, key(follower), List.of(BUILT, field));
    return () -> {
      String built = values.get().getFirst();
      String value = values.get().getLast();
      boolean isKnown = built != null || value != null;
      return isKnown ? Optional.of(YES.equals(value)) : Optional.empty();
    };
  }

  /// Everybody that `viewer` follows, from Firestore. Where their relations are not in Redis, all
  /// of them are loaded, since they will be asked for next.
  public List<Uid> following(Uid viewer) {
    boolean known = redis.callOr(true, client -> client.hexists(key(viewer), BUILT));
    return known ? lists.of(viewer).followees() : followed(build(viewer), EACH_MAX);
  }

  /// Whom `viewer` follows, from Redis in one round trip where all of them exist: those with the
  /// smallest uids, in their order.
  ///
  /// @param max how many at most
  public List<Uid> following(Uid viewer, int max) {
    try {
      if (redis.run(FOLLOWED, List.of(key(viewer)), List.of(Integer.toString(max)))
          instanceof List<?> uids) {
        return uids.stream().map(uid -> new Uid(String.valueOf(uid))).toList();
      }
      return followed(build(viewer), max);
    } catch (RedisUnavailableException e) {
      return lists.of(viewer).followees().stream().sorted().limit(max).toList();
    }
  }

  private static List<Uid> followed(Map<String, Field> fields, int max) {
    String prefix = Kind.FOLLOWS.prefix;
    return fields.entrySet().stream()
        .filter(field -> field.getKey().startsWith(prefix) && YES.equals(field.getValue().value()))
        .map(field -> new Uid(field.getKey().substring(prefix.length())))
        .sorted()
        .limit(max)
        .toList();
  }

  /// Keeps a follow or its end. Called after commits and by events.
  ///
  /// @return false while Redis is away: then an event has to come again
  @CanIgnoreReturnValue
  public boolean keepFollow(Uid follower, Uid followee, boolean present, long version) {
    return hash.apply(key(follower), Map.of(Kind.FOLLOWS.field(followee), field(present, version)));
  }

  /// Keeps a mute or its end. Called after commits and by events.
  ///
  /// @return false while Redis is away: then an event has to come again
  @CanIgnoreReturnValue
  public boolean keepMute(Uid muter, Uid muted, boolean present, long version) {
    return hash.apply(key(muter), Map.of(Kind.MUTES.field(muted), field(present, version)));
  }

  /// Keeps a block or its end, on both sides. Called after commits and by events.
  ///
  /// @return false while Redis is away: then an event has to come again
  @CanIgnoreReturnValue
  public boolean keepBlock(Uid blocker, Uid blocked, boolean present, long version) {
    return hash.applyAll(
        Map.of(
            key(blocker), Map.of(Kind.BLOCKS.field(blocked), field(present, version)),
            key(blocked), Map.of(Kind.BLOCKED_BY.field(blocker), field(present, version))));
  }

  /// Loads all relations of a person and keeps them in Redis.
  private Map<String, Field> build(Uid viewer) {
    Map<String, Field> loaded = load(viewer);
    var complete = new HashMap<>(loaded);
    complete.put(BUILT, new Field(1, YES));
    hash.apply(key(viewer), complete);
    return loaded;
  }

  private Map<String, Field> load(Uid viewer) {
    // One after the other: many who come at once would fill the queue of the store three times
    // over.
    var fields = new HashMap<>(follows(viewer));
    fields.putAll(blocks(viewer));
    fields.putAll(mutes(viewer));
    return fields;
  }

  private Map<String, Field> follows(Uid viewer) {
    var fields = new HashMap<String, Field>();
    FollowLists.Following following = lists.of(viewer);
    for (Uid followee : following.followees()) {
      fields.put(Kind.FOLLOWS.field(followee), field(true, following.version()));
    }
    return fields;
  }

  private Map<String, Field> blocks(Uid viewer) {
    var fields = new HashMap<String, Field>();
    // Who is blocked by many must not be cut off: only what the person chose is bounded.
    var query =
        documents
            .collection("blocks")
            .where(
                Filter.or(
                    Filter.equalTo("blocker", viewer.value()),
                    Filter.equalTo("blocked", viewer.value())));
    for (Document block : documents.list(query)) {
      Uid blocker = new Uid(block.fields().requiredText("blocker"));
      Uid blocked = new Uid(block.fields().requiredText("blocked"));
      String name =
          blocker.equals(viewer) ? Kind.BLOCKS.field(blocked) : Kind.BLOCKED_BY.field(blocker);
      fields.put(name, field(true, block.version()));
    }
    return fields;
  }

  private Map<String, Field> mutes(Uid viewer) {
    var fields = new HashMap<String, Field>();
    var query = documents.collection("mutes").whereEqualTo("muter", viewer.value());
    for (Document mute : documents.list(query)) {
      Uid muted = new Uid(mute.fields().requiredText("muted"));
      fields.put(Kind.MUTES.field(muted), field(true, mute.version()));
    }
    return fields;
  }

  private static Field field(boolean present, long version) {
    return new Field(version, present ? YES : NO);
  }

  private static String key(Uid uid) {
    return "rel:" + uid;
  }

  private enum Kind {
    FOLLOWS("follows:", 0),
    BLOCKS("blocks:", 1),
    BLOCKED_BY("blocked_by:", 2),
    MUTES("mutes:", 3);

    private static final Kind[] ALL = values();

    private final String prefix;

    /// Where its field stands among those of one person in a lookup.
    private final int place;

    Kind(String prefix, int place) {
      this.prefix = prefix;
      this.place = place;
    }

    String field(Uid other) {
      return prefix + other.value();
    }
  }

  /// A lookup in a batch; read it with [#get] once the batch has run.
  public final class Pending {
    private final @Nullable Uid viewer;
    private final List<Uid> others;
    private final Supplier<List<@Nullable String>> answer;
    private @Nullable Map<String, Field> loaded;

    private Pending(
        @Nullable Uid viewer, List<Uid> others, Supplier<List<@Nullable String>> answer) {
      this.viewer = viewer;
      this.others = others;
      this.answer = answer;
    }

    /// The relations, loaded from Firestore where Redis does not hold all of the viewer's.
    public Map<Uid, Relation> get() {
      if (viewer == null || others.isEmpty()) {
        return Map.of();
      }
      List<@Nullable String> values = answer.get();
      if (values.getFirst() != null) {
        return relations(
            others, (index, kind) -> values.get(1 + index * Kind.ALL.length + kind.place));
      }
      Map<String, Field> all = build(viewer);
      loaded = all;
      return relations(others, all);
    }

    /// The relations to more people: from what [#get] has loaded, else in another round trip.
    public Map<Uid, Relation> getAlso(Collection<Uid> more) {
      if (viewer == null || more.isEmpty()) {
        return Map.of();
      }
      Map<String, Field> all = loaded;
      return all == null ? getAll(viewer, more) : relations(List.copyOf(more), all);
    }

    private static Map<Uid, Relation> relations(List<Uid> others, Map<String, Field> all) {
      return relations(
          others,
          (index, kind) -> {
            Field field = all.get(kind.field(others.get(index)));
            return field == null ? null : field.value();
          });
    }

    /// What is said of one of the others; null for nothing.
    private interface Values {
      @Nullable String of(int index, Kind kind);
    }

    private static Map<Uid, Relation> relations(List<Uid> others, Values values) {
      var relations = HashMap.<Uid, Relation>newHashMap(others.size());
      for (int i = 0; i < others.size(); i++) {
        boolean follows = YES.equals(values.of(i, Kind.FOLLOWS));
        boolean blocked =
            YES.equals(values.of(i, Kind.BLOCKS)) || YES.equals(values.of(i, Kind.BLOCKED_BY));
        boolean mutes = YES.equals(values.of(i, Kind.MUTES));
        relations.put(others.get(i), new Relation(follows, blocked, mutes));
      }
      return relations;
    }
  }
}

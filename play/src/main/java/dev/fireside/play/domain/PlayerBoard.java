package dev.fireside.play.domain;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Everything a player has on one board; `leaderboards/{board}/players/{uid}`.
///
/// @param country the latest one that was told; null for none
/// @param hidden whether a moderator hides the player from others, who do not notice it themselves
/// @param revision grows with every write; microseconds of Firestore's clock
/// @param entries by period key
/// @param keys submissions that were taken, and until when they are remembered, in milliseconds
///   since 1970
public record PlayerBoard(
    BoardId board,
    Uid uid,
    @Nullable String country,
    boolean hidden,
    long revision,
    Map<String, Entry> entries,
    Map<String, Long> keys) {
  /// Submissions that are remembered at once.
  public static final int KEYS_MAX = 512;

  public PlayerBoard {
    entries = Map.copyOf(entries);
    keys = Map.copyOf(keys);
  }

  /// A player who has nothing yet.
  public static PlayerBoard none(BoardId board, Uid uid) {
    return new PlayerBoard(board, uid, null, false, 0, Map.of(), Map.of());
  }

  /// What the player has in a period.
  public Entry entry(String period) {
    return entries.getOrDefault(period, Entry.NONE);
  }

  /// The same with one entry changed.
  public PlayerBoard with(String period, Entry entry) {
    var changed = new LinkedHashMap<>(entries);
    changed.put(period, entry);
    return new PlayerBoard(board, uid, country, hidden, revision, changed, keys);
  }

  /// The same, hidden or not.
  public PlayerBoard withHidden(boolean nowHidden) {
    return new PlayerBoard(board, uid, country, nowHidden, revision, entries, keys);
  }

  /// The same as the player's latest country.
  PlayerBoard withCountry(@Nullable String latest) {
    return new PlayerBoard(
        board, uid, latest == null ? country : latest, hidden, revision, entries, keys);
  }

  /// The same with one more submission remembered, and those forgotten whose time is over.
  PlayerBoard remembering(String key, Instant until, Instant now) {
    var kept = new LinkedHashMap<String, Long>();
    keys.forEach((known, expiry) -> {
      if (expiry > now.toEpochMilli()) {
        kept.put(known, expiry);
      }
    });
    kept.put(key, until.toEpochMilli());
    return new PlayerBoard(board, uid, country, hidden, revision, entries, kept);
  }

  /// Whether a submission was taken and is still remembered.
  public boolean remembers(String key, Instant now) {
    Long expiry = keys.get(key);
    return expiry != null && expiry > now.toEpochMilli();
  }

  /// How many submissions are remembered.
  long remembered(Instant now) {
    return keys.values().stream().filter(expiry -> expiry > now.toEpochMilli()).count();
  }

  /// The same without the entries of periods that are kept elsewhere.
  public PlayerBoard without(Predicate<String> settled) {
    var kept = new LinkedHashMap<>(entries);
    kept.keySet().removeIf(settled);
    return new PlayerBoard(board, uid, country, hidden, revision, kept, keys);
  }

  /// The same as it is written at an instant of Firestore's clock.
  public PlayerBoard revised(long micros) {
    return new PlayerBoard(
        board, uid, country, hidden, Math.max(revision + 1, micros), entries, keys);
  }
}

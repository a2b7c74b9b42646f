package dev.fireside.play.domain;

import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Everything a player has on one board; `leaderboards/{board}/players/{uid}`.
///
/// @param country the latest one that was stated; null for none
/// @param hiddenBy what hides the player from others, who do not notice it themselves
/// @param revision grows with every write; microseconds of Firestore's clock
/// @param entries by period key
/// @param keys submissions that were taken, as long as they are remembered
public record PlayerBoard(
    BoardId board,
    Uid uid,
    @Nullable String country,
    Set<HiddenBy> hiddenBy,
    long revision,
    Map<String, Entry> entries,
    Map<String, Remembered> keys) {
  /// Submissions that are remembered at once.
  public static final int KEYS_MAX = 1_024;

  public PlayerBoard {
    hiddenBy = Set.copyOf(hiddenBy);
    entries = Map.copyOf(entries);
    keys = Map.copyOf(keys);
  }

  /// A player who has nothing yet.
  public static PlayerBoard none(BoardId board, Uid uid) {
    return new PlayerBoard(board, uid, null, Set.of(), 0, Map.of(), Map.of());
  }

  /// What the player has in a period.
  public Entry entry(String period) {
    return entries.getOrDefault(period, Entry.NONE);
  }

  /// The same with one entry changed.
  public PlayerBoard with(String period, Entry entry) {
    var changed = new LinkedHashMap<>(entries);
    changed.put(period, entry);
    return new PlayerBoard(board, uid, country, hiddenBy, revision, changed, keys);
  }

  /// Whether others do not see the player.
  public boolean hidden() {
    return !hiddenBy.isEmpty();
  }

  /// The same, hidden by this or not.
  public PlayerBoard with(HiddenBy by, boolean hidden) {
    var changed = EnumSet.noneOf(HiddenBy.class);
    changed.addAll(hiddenBy);
    if (hidden) {
      changed.add(by);
    } else {
      changed.remove(by);
    }
    return new PlayerBoard(board, uid, country, changed, revision, entries, keys);
  }

  /// The same as the player's latest country.
  PlayerBoard withCountry(@Nullable String latest) {
    return new PlayerBoard(
        board, uid, latest == null ? country : latest, hiddenBy, revision, entries, keys);
  }

  /// The same with one more submission remembered, and those forgotten whose time is over, or which
  /// make room.
  PlayerBoard remembering(Submission submission, Instant now) {
    var kept = new LinkedHashMap<String, Remembered>();
    List<Map.Entry<String, Remembered>> known = remembered(now);
    known
        .subList(Math.max(0, known.size() - KEYS_MAX + 1), known.size())
        .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
    kept.put(submission.key(), submission.memory());
    return new PlayerBoard(board, uid, country, hiddenBy, revision, entries, kept);
  }

  /// What is remembered of a submission; null for nothing.
  public @Nullable Remembered remembered(String key, Instant now) {
    Remembered known = keys.get(key);
    return known == null || known.until() <= now.toEpochMilli() ? null : known;
  }

  /// How long it takes until one more submission can be remembered; mostly zero.
  Duration untilRoom(Instant now) {
    List<Map.Entry<String, Remembered>> known = remembered(now);
    return known.size() < KEYS_MAX
        ? Duration.ZERO
        : Duration.ofMillis(Math.max(0, known.getFirst().getValue().firmly() - now.toEpochMilli()));
  }

  /// The submissions that are remembered, those first that may be forgotten first.
  private List<Map.Entry<String, Remembered>> remembered(Instant now) {
    return keys.entrySet().stream()
        .filter(entry -> entry.getValue().until() > now.toEpochMilli())
        .sorted(Map.Entry.comparingByValue(Comparator.comparingLong(Remembered::firmly)))
        .toList();
  }

  /// The same without the entries of periods that are kept elsewhere.
  public PlayerBoard without(Predicate<String> settled) {
    var kept = new LinkedHashMap<>(entries);
    kept.keySet().removeIf(settled);
    return new PlayerBoard(board, uid, country, hiddenBy, revision, kept, keys);
  }

  /// The same as it is written at an instant of Firestore's clock.
  public PlayerBoard revised(long micros) {
    return new PlayerBoard(
        board, uid, country, hiddenBy, Math.max(revision + 1, micros), entries, keys);
  }
}

package dev.fireside.play.store;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.RankedMember;
import dev.fireside.play.domain.Row;
import dev.fireside.shared.redis.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The scripts that keep ranks, and how they are called.
final class RankScripts {
  static final Script APPLY = script("apply.lua");
  static final Script BUILD = script("build.lua");

  /// How long a builder may be silent before another one begins.
  static final Duration LEASE = Duration.ofSeconds(30);

  static final String READY = "ready";

  /// The status by which a script picks its caller to see to a rebuild.
  static final String ASK = "ask";

  private static final List<String> COUNTRIES = List.of(Locale.getISOCountries());
  private static final long NONE = -1;
  private static final String RANKED = "s";
  private static final String HIDDEN = "h";
  private static final String NOT_RANKED = "r";

  private RankScripts() {}

  static Script script(String name) {
    String common = Script.resource(RankScripts.class, "ranks.lua").source();
    return Script.of(common + Script.resource(RankScripts.class, name).source());
  }

  /// The key that stands for all keys of a period.
  static String state(BoardId board, String period) {
    return "leaderboard:{" + board + "}:" + period + ":state";
  }

  static List<String> countries(Board board) {
    return board.byCountry() ? COUNTRIES : List.of();
  }

  /// The arguments of the script that applies changes.
  ///
  /// @param token of the build that loads; null for live changes
  /// @param ranks whether the ranks are asked for
  /// @param recorded whether only those are taken over of whom there is a record
  static List<String> applying(
      Board board, @Nullable String token, boolean ranks, boolean recorded) {
    var arguments = new ArrayList<String>();
    arguments.add(token == null ? "" : token);
    arguments.add(flag(ranks));
    arguments.add(flag(board.byCountry()));
    arguments.add(Long.toString(LEASE.toMillis()));
    arguments.add(flag(recorded));
    return arguments;
  }

  /// Adds what a player has in a period.
  ///
  /// @param index of the period among the keys, from 1
  static void add(
      List<String> arguments, int index, Board board, PlayerBoard player, String period) {
    Entry entry = player.entry(period);
    add(arguments, index, board, entry.row(player.uid()), kind(player, entry), player.revision());
  }

  /// Adds a row that is final.
  static void add(List<String> arguments, Board board, Row row, boolean hidden) {
    add(arguments, 1, board, row, hidden ? HIDDEN : RANKED, row.at());
  }

  /// Adds what a player had before, to an item of one who is shown the ranks.
  static void addBefore(List<String> arguments, Board board, PlayerBoard before, String period) {
    Entry entry = before.entry(period);
    Row row = entry.row(before.uid());
    RankedMember member = RankedMember.of(board.ranking(), row);
    String country = row.country();
    arguments.add(kind(before, entry));
    arguments.add(Long.toString(member.score()));
    arguments.add(member.prefix());
    arguments.add(country == null ? "" : country);
  }

  private static String kind(PlayerBoard player, Entry entry) {
    return !entry.scored() ? NOT_RANKED : player.hidden() ? HIDDEN : RANKED;
  }

  /// Adds that a player's document, once of this revision, was deleted.
  static void addRemoval(
      List<String> arguments, int index, Board board, PlayerBoard last, String period) {
    Row row = last.entry(period).row(last.uid());
    add(arguments, index, board, row, NOT_RANKED, last.revision() + 1);
  }

  private static void add(
      List<String> arguments, int index, Board board, Row row, String kind, long revision) {
    RankedMember member = RankedMember.of(board.ranking(), row);
    String country = row.country();
    String metadata = row.metadata();
    arguments.add(Integer.toString(index));
    arguments.add(row.uid().value());
    arguments.add(Long.toString(revision));
    arguments.add(kind);
    arguments.add(Long.toString(member.score()));
    arguments.add(member.prefix());
    arguments.add(country == null ? "" : country);
    arguments.add(metadata == null || kind.equals(NOT_RANKED) ? "" : metadata);
  }

  static String flag(boolean flag) {
    return flag ? "1" : "0";
  }

  /// A list in a script's answer.
  static List<?> list(@Nullable Object answer) {
    if (answer instanceof List<?> list) {
      return list;
    }
    throw new IllegalStateException("A script answered " + answer);
  }

  /// A number in a script's answer.
  static long number(List<?> answer, int index) {
    return answer.get(index) instanceof Long number ? number : NONE;
  }

  /// A rank in a script's answer; null for none.
  static @Nullable Long rank(List<?> answer, int index) {
    long rank = number(answer, index);
    return rank == NONE ? null : (Long) rank;
  }
}

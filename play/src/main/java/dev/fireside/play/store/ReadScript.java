package dev.fireside.play.store;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.domain.Ranked;
import dev.fireside.play.domain.RankedMember;
import dev.fireside.play.domain.Ranking;
import dev.fireside.play.domain.Row;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Script;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The script that reads ranks: how it is called, and what it answers.
final class ReadScript {
  static final Script READ = RankScripts.script("read.lua");

  private static final int DECIMAL = 10;

  private ReadScript() {}

  static List<String> arguments(
      Board board,
      Period period,
      String operation,
      @Nullable String country,
      @Nullable Uid viewer,
      int limit,
      List<String> more) {
    var arguments = new ArrayList<String>();
    arguments.add(operation);
    arguments.add(RankScripts.flag(board.hasSettled(period)));
    arguments.add(country == null ? "" : country);
    arguments.add(viewer == null ? "" : viewer.value());
    arguments.add(Integer.toString(limit));
    arguments.addAll(more);
    return arguments;
  }

  static RankAnswer parse(Board board, List<?> answer) {
    if (!RankScripts.READY.equals(answer.getFirst())) {
      return RankAnswer.NOT_READY;
    }
    List<?> ranks = answer.get(2) instanceof List<?> list ? list : List.of();
    List<?> globals = RankScripts.list(answer.get(3));
    List<?> uids = RankScripts.list(answer.get(4));
    List<?> records = RankScripts.list(answer.get(5));
    List<?> metadata = RankScripts.list(answer.get(6));
    var rows = new ArrayList<Ranked>(uids.size());
    for (int i = 0; i < uids.size(); i++) {
      Row row =
          row(
              board.ranking(),
              new Uid(text(uids, i)),
              text(records, i),
              metadata.isEmpty() || metadata.get(i) == null ? null : text(metadata, i));
      long rank =
          ranks.isEmpty() ? RankScripts.number(answer, 2) + i : RankScripts.number(ranks, i);
      rows.add(new Ranked(row, rank, globals.isEmpty() ? null : RankScripts.rank(globals, i)));
    }
    return new RankAnswer(true, RankScripts.number(answer, 1), rows);
  }

  /// The row of a record `revision|kind|rank score|prefix|country`.
  private static Row row(Ranking ranking, Uid uid, String record, @Nullable String metadata) {
    int country = record.lastIndexOf('|');
    int prefix = record.lastIndexOf('|', country - 1);
    int score = record.lastIndexOf('|', prefix - 1);
    var member =
        new RankedMember(
            Long.parseLong(record, score + 1, prefix, DECIMAL),
            record.substring(prefix + 1, country),
            uid);
    return member.row(
        ranking, metadata, country + 1 == record.length() ? null : record.substring(country + 1));
  }

  private static String text(List<?> answer, int index) {
    return String.valueOf(answer.get(index));
  }
}

package dev.fireside.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.FinalScore;
import dev.fireside.play.domain.HiddenBy;
import dev.fireside.play.domain.Operator;
import dev.fireside.play.domain.Order;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.domain.RankChange;
import dev.fireside.play.domain.Ranked;
import dev.fireside.play.domain.Ranking;
import dev.fireside.play.domain.Row;
import dev.fireside.play.domain.Schedule;
import dev.fireside.play.domain.Scoring;
import dev.fireside.play.domain.Submission;
import dev.fireside.play.store.Builds;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// One random program: what it does is done to a model as well, and every answer compared.
final class RankProgram {
  private static final int STEPS = 14;
  private static final List<Operator> OPERATORS = List.of(Operator.values());

  private final Ranks ranks;
  private final Builds builds;
  private final Random random;
  private final long seed;
  private Board board;
  private final RankModel model;
  private final Map<String, PlayerBoard> players = new HashMap<>();
  private final List<PlayerBoard> written = new ArrayList<>();
  private final List<PlayerBoard> deleted = new ArrayList<>();
  private Instant now = Boards.NOON;
  private long micros = 1_700_000_000_000_000L;

  RankProgram(Ranks ranks, Builds builds, long seed) {
    this.ranks = ranks;
    this.builds = builds;
    this.seed = seed;
    this.random = new Random(seed);
    Order order = random.nextBoolean() ? Order.DESC : Order.ASC;
    Order subscoreOrder = random.nextBoolean() ? Order.DESC : Order.ASC;
    Operator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
    long min = random.nextBoolean() ? 0 : -6;
    this.board =
        Boards.board(
            "program-" + seed,
            new Ranking(order, operator, subscoreOrder, 0),
            new Schedule(List.of(PeriodKind.DAILY, PeriodKind.ALL_TIME), null, "Etc/UTC"),
            Boards.limits(min, 6, null, false, null));
    this.model = new RankModel(order, operator, subscoreOrder, min, 6);
  }

  void run() {
    if (random.nextInt(20) > 0) {
      open().forEach(this::ensureBuilt);
    }
    for (int step = 0; step < STEPS; step++) {
      switch (random.nextInt(20)) {
        case 0, 1 -> remove();
        case 2, 3 -> hide();
        case 4 -> delete();
        case 5 -> tellAgain();
        case 6 -> rollOver();
        case 7, 8, 9, 10 -> compare();
        case 11 -> lose();
        default -> submit();
      }
    }
    compare();
  }

  private String somebody() {
    return "u" + random.nextInt(6);
  }

  private @Nullable String somewhere() {
    return random.nextInt(3) == 0 ? null : random.nextBoolean() ? "SE" : "NO";
  }

  private List<Period> open() {
    return Periods.open(board, now);
  }

  private void submit() {
    String uid = somebody();
    long score = random.nextInt(4);
    long subscore = random.nextInt(3);
    String metadata = random.nextBoolean() ? "{\"n\":" + random.nextInt(9) + "}" : null;
    String country = somewhere();
    // Sometimes two at the same time.
    micros += random.nextInt(2);
    PlayerBoard player = players.getOrDefault(uid, PlayerBoard.none(board.id(), new Uid(uid)));
    List<Period> periods = open();
    Scoring.Verdict verdict =
        Scoring.submit(
            board,
            player,
            new Submission(
                new FinalScore(score, subscore, metadata),
                country,
                "key" + written.size(),
                now.plusSeconds(60)),
            periods,
            Map.of(),
            now,
            micros);
    List<String> keys = periods.stream().map(Period::key).toList();
    Map<String, List<RankModel.Shown>> before = new HashMap<>();
    keys.forEach(key -> before.put(key, model.ranks(key, null, uid)));
    boolean counts = model.submit(keys, uid, score, subscore, metadata, country, micros);
    assertThat(verdict instanceof Scoring.Accepted).as(this::toString).isEqualTo(counts);
    if (verdict instanceof Scoring.Accepted accepted) {
      PlayerBoard changed = write(accepted.player());
      if (random.nextInt(12) == 0) {
        // The process dies here.
        ranks.heal(board, changed);
        return;
      }
      if (random.nextInt(6) == 0) {
        // The event is faster than the request.
        ranks.heal(board, changed);
      }
      Map<Period, RankChange> changes = ranks.apply(board, player, changed, periods);
      for (Period period : periods) {
        RankChange change = changes.get(period);
        if (change.ready()) {
          assertThat(change.before())
              .as(this::toString)
              .isEqualTo(rankOf(uid, before.get(period.key())));
          assertThat(change.after())
              .as(this::toString)
              .isEqualTo(rankOf(uid, model.ranks(period.key(), null, uid)));
          String in = model.standing(period.key(), uid).country;
          assertThat(change.countryAfter())
              .as(this::toString)
              .isEqualTo(in == null ? null : rankOf(uid, model.ranks(period.key(), in, uid)));
        }
      }
    }
  }

  private @Nullable Long rankOf(String uid, List<RankModel.Shown> shown) {
    return shown.stream()
        .filter(row -> row.uid().equals(uid))
        .map(RankModel.Shown::rank)
        .findFirst()
        .orElse(null);
  }

  private PlayerBoard write(PlayerBoard player) {
    PlayerBoard revised = player.revised(micros);
    // As Firestore's clock: later than every commit before.
    micros = Math.max(micros, revised.revision());
    players.put(revised.uid().value(), revised);
    written.add(revised);
    return revised;
  }

  private void remove() {
    PlayerBoard player = players.get(somebody());
    Period period = open().get(random.nextInt(2));
    if (player != null && player.entries().containsKey(period.key())) {
      model.remove(period.key(), player.uid().value());
      ranks.heal(board, write(player.with(period.key(), player.entry(period.key()).removed())));
    }
  }

  private void hide() {
    PlayerBoard player = players.get(somebody());
    if (player != null) {
      model.hide(player.uid().value(), !player.hidden());
      ranks.heal(board, write(player.with(HiddenBy.MODERATOR, !player.hidden())));
    }
  }

  private void delete() {
    PlayerBoard last = players.remove(somebody());
    if (last != null) {
      model.delete(last.uid().value());
      deleted.add(last);
      micros = Math.max(micros, last.revision() + 2);
      ranks.remove(board, last);
    }
  }

  /// An event comes late, or once more.
  private void tellAgain() {
    if (!written.isEmpty()) {
      PlayerBoard late = written.get(random.nextInt(written.size()));
      PlayerBoard stored = players.get(late.uid().value());
      if (ranks.healRecorded(board, late) == Ranks.Healed.UNKNOWN && stored != null) {
        ranks.heal(board, stored);
      }
    }
    if (!deleted.isEmpty()) {
      ranks.remove(board, deleted.get(random.nextInt(deleted.size())));
    }
  }

  /// Redis loses a ranking, and with it who was removed.
  private void lose() {
    assertThat(ranks.drop(board, open().get(random.nextInt(2)))).isTrue();
  }

  /// The day ends and is settled: its final ranks are compared at once.
  private void rollOver() {
    Period day = open().getFirst();
    now = now.plus(Duration.ofDays(1));
    List<RankModel.Shown> fin = model.ranks(day.key(), null, null);
    board = board.closedThrough(PeriodKind.DAILY, day.end());
    board = board.settledThrough(PeriodKind.DAILY, day.end());
    List<Row> rows =
        fin.stream()
            .map(shown ->
                new Row(
                    new Uid(shown.uid()),
                    shown.run().score(),
                    shown.run().subscore(),
                    shown.run().at(),
                    shown.run().metadata(),
                    shown.country()))
            .toList();
    ranks.drop(board, day);
    Builds.Build build = builds.begin(board, day).orElseThrow();
    assertThat(builds.addRows(build, rows, false)).isTrue();
    builds.finish(build);
    // What comes late changes nothing any more.
    tellAgain();
    open().forEach(this::ensureBuilt);
    RankAnswer answer = ranks.page(board, day, null, 1, 100, null);
    assertThat(RankModel.texts(answer)).as(this::toString).isEqualTo(RankModel.shownTexts(fin));
    RankAnswer swedish = ranks.page(board, day, "SE", 1, 100, null);
    assertThat(swedish.entries())
        .as(this::toString)
        .isEqualTo(fin.stream().filter(row -> "SE".equals(row.country())).count());
  }

  private void compare() {
    Period period = open().get(random.nextInt(2));
    ensureBuilt(period);
    String country = somewhere();
    String viewer = random.nextInt(4) == 0 ? null : somebody();
    Uid looking = viewer == null ? null : new Uid(viewer);
    List<RankModel.Shown> expected = model.ranks(period.key(), country, viewer);
    int size = expected.size();
    int limit = 1 + random.nextInt(4);

    switch (random.nextInt(6)) {
      case 0, 1 ->
          check(
              ranks.page(board, period, country, 1, 100, looking),
              size,
              RankModel.shownTexts(expected));
      case 2 -> {
        int from = 1 + random.nextInt(6);
        check(
            ranks.page(board, period, country, from, limit, looking),
            size,
            cut(expected, from - 1, from - 1 + limit));
      }
      case 3 -> comparePositions(period, country, looking, expected, limit);
      case 4 -> {
        String uid = somebody();
        int at = indexOf(uid, expected);
        int start = Math.max(0, Math.min(at - limit / 2, size - limit));
        // A hidden player is nobody to others.
        boolean there = at >= 0;
        check(
            ranks.around(board, period, country, new Uid(uid), limit, looking),
            size,
            there ? cut(expected, start, start + limit) : List.of());
      }
      default -> compareAmong(period, looking, viewer, limit);
    }
  }

  private void comparePositions(
      Period period,
      @Nullable String country,
      @Nullable Uid looking,
      List<RankModel.Shown> expected,
      int limit) {
    // A place that may be taken, or may never have been.
    Row position =
        !expected.isEmpty() && random.nextBoolean()
            ? row(expected.get(random.nextInt(expected.size())))
            : new Row(new Uid("u3"), random.nextInt(4), random.nextInt(3), micros, null, null);
    int before = 0;
    int through = 0;
    for (RankModel.Shown shown : expected) {
      int order = board.ranking().rows().compare(row(shown), position);
      before += order < 0 ? 1 : 0;
      through += order <= 0 ? 1 : 0;
    }
    check(
        ranks.after(board, period, country, position, limit, looking),
        expected.size(),
        cut(expected, through, through + limit));
    check(
        ranks.before(board, period, country, position, limit, looking),
        expected.size(),
        cut(expected, before - limit, before));
  }

  private void compareAmong(
      Period period, @Nullable Uid looking, @Nullable String viewer, int limit) {
    List<String> some = List.of("u0", "u2", "u3", "u5");
    List<RankModel.Shown> all = model.ranks(period.key(), null, viewer);
    List<RankModel.Shown> mine = all.stream().filter(row -> some.contains(row.uid())).toList();
    List<Uid> uids = some.stream().map(Uid::new).toList();
    RankAnswer answer = ranks.pageAmong(board, period, uids, 1, limit, looking);
    assertThat(answer.entries()).as(this::toString).isEqualTo(mine.size());
    for (Ranked ranked : answer.rows()) {
      RankModel.Shown shown = mine.get((int) ranked.rank() - 1);
      assertThat(ranked.row().uid().value()).as(this::toString).isEqualTo(shown.uid());
      assertThat(ranked.globalRank()).as(this::toString).isEqualTo(shown.rank());
    }
    assertThat(answer.rows()).hasSize(Math.min(limit, mine.size()));
    if (!mine.isEmpty()) {
      int at = random.nextInt(mine.size());
      RankAnswer after = ranks.afterAmong(board, period, uids, row(mine.get(at)), limit, looking);
      assertThat(after.rows()).hasSize(Math.min(limit, mine.size() - at - 1));
      RankAnswer before = ranks.beforeAmong(board, period, uids, row(mine.get(at)), limit, looking);
      assertThat(before.rows()).hasSize(Math.min(limit, at));
      assertThat(before.rows().stream().allMatch(row -> row.rank() <= at)).isTrue();
    }
    check(
        ranks.several(board, period, null, uids, looking), all.size(), RankModel.shownTexts(mine));
  }

  private Row row(RankModel.Shown shown) {
    return new Row(
        new Uid(shown.uid()),
        shown.run().score(),
        shown.run().subscore(),
        shown.run().at(),
        shown.run().metadata(),
        shown.country());
  }

  private void check(RankAnswer answer, int entries, List<String> rows) {
    assertThat(answer.ready()).as(this::toString).isTrue();
    assertThat(answer.entries()).as(this::toString).isEqualTo(entries);
    assertThat(RankModel.texts(answer)).as(this::toString).isEqualTo(rows);
  }

  /// Builds the period where it is not there, as the function would from Firestore; sometimes with
  /// changes in between.
  private void ensureBuilt(Period period) {
    builds
        .begin(board, period)
        .ifPresent(build -> {
          assertThat(ranks.page(board, period, null, 1, 1, null).ready()).isFalse();
          List<PlayerBoard> stored =
              players.values().stream()
                  .filter(player -> player.entries().containsKey(period.key()))
                  .toList();
          tellAgain();
          assertThat(builds.add(build, stored)).isTrue();
          tellAgain();
          assertThat(builds.finish(build)).isTrue();
        });
  }

  private int indexOf(String uid, List<RankModel.Shown> expected) {
    return IntStream.range(0, expected.size())
        .filter(i -> expected.get(i).uid().equals(uid))
        .findFirst()
        .orElse(-1);
  }

  private List<String> cut(List<RankModel.Shown> expected, int from, int to) {
    int start = Math.max(0, Math.min(from, expected.size()));
    return RankModel.shownTexts(
        expected.subList(start, Math.max(start, Math.min(to, expected.size()))));
  }

  @Override
  public String toString() {
    return "program " + seed;
  }
}

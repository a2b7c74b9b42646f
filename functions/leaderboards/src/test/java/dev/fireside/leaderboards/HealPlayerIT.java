package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.events.Fault;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.play.ScoreFields;
import dev.fireside.play.SubmitScore;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.Row;
import dev.fireside.play.domain.Submission;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.PeriodStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.EventId;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.social.store.ProfileReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Firestore and Redis agree once the dust settles.
class HealPlayerIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Arena arena = new Arena(fireside);

  @BeforeEach
  void noon() {
    fireside.clock().set(Arena.NOON);
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  /// All a process gets done that dies after its commit.
  private void commit(String board, String uid, long score) {
    var id = new BoardId(board);
    var who = new Uid(uid);
    var submitScore = new SubmitScore(fireside.platform());
    var fields = new ScoreFields(BigDecimal.valueOf(score), BigDecimal.ZERO, null, null);
    submitScore.commit(
        id,
        who,
        found ->
            new Submission(
                fields.on(found),
                null,
                fireside.platform().ids().next(),
                Arena.NOON.plus(Duration.ofDays(1))));
  }

  private List<String> rows(String board) {
    return Arena.rows(arena.scoresOf(arena.anybody(), board, ""));
  }

  @Test
  void healsWhatAProcessDiedBefore() {
    arena.board("race");
    arena.submit("race", "bob", Map.of("score", 5));
    fireside.settle();
    fireside.faults().setAll(Fault.duplicate(2));

    commit("race", "ann", 9);
    commit("race", "ann", 12);
    fireside.settle();

    assertThat(rows("race")).containsExactly("1 ann 12", "2 bob 5");
  }

  @Test
  void agreesWithFirestoreAfterEverythingWasLostInTheMiddleOfTraffic() {
    arena.board(
        "race", Map.of("periods", List.of("daily", "all-time"), "scopes", List.of("country")));
    fireside.faults().setAll(Fault.reorder(Duration.ofMillis(50)));
    Calls.atOnce(
        5,
        worker -> {
          var random = new Random(worker);
          for (int i = 0; i < 12; i++) {
            if (worker == 0 && i % 4 == 1) {
              fireside.flushRedis();
            }
            String uid = "u" + random.nextInt(12);
            Reply reply =
                arena.submit("race", uid, Map.of("score", random.nextInt(100), "country", "SE"));
            assertThat(reply.status()).isEqualTo(200);
          }
          return worker;
        });
    fireside.settle();

    Board board = new BoardStore(fireside.platform()).read(new BoardId("race")).orElseThrow();
    var ranks = new Ranks(fireside.platform());
    var players = new PlayerStore(fireside.platform());
    for (Period period : Periods.current(board, Arena.NOON)) {
      // Wakes those who rebuild, should nobody have asked.
      arena.scoresOf(arena.anybody(), "race", "?period=" + WireNames.of(period.kind()));
      List<Row> documents =
          players.ofPeriod(board.id(), period.key(), null, 100).stream()
              .map(player -> player.entry(period.key()).row(player.uid()))
              .sorted(board.ranking().rows())
              .toList();
      for (String country : new String[] {null, "SE"}) {
        assertThat(ranks.page(board, period, country, 1, 100, null).rows())
            .extracting(ranked -> ranked.row())
            .isEqualTo(documents);
      }
    }
    assertThat(fireside.project().deadLetters()).isEmpty();
  }

  @Test
  void tellsNoWrongRankWhileMoreThanOnePageIsBuiltByMessage() {
    arena.board("race");
    var id = new BoardId("race");
    for (int from = 0; from < 600; from += 300) {
      int first = from;
      arena
          .documents()
          .batch(batch ->
              IntStream.range(first, first + 300)
                  .mapToObj(i ->
                      PlayerBoard.none(id, new Uid("p" + i))
                          .with("all-time", new Entry(i, 0, i + 1, null, 1, false, true, null))
                          .revised(i + 1))
                  .forEach(player ->
                      batch.set(PlayerStore.path(id, player.uid()), PlayerStore.fields(player))));
    }
    fireside.settle();
    int writers = 3;
    for (int writer = 0; writer < writers; writer++) {
      arena.score("race", "w" + writer, (10 - writer) * 1_000);
    }

    Calls.atOnce(
        writers,
        writer -> {
          for (int i = 1; i <= 12; i++) {
            if (writer == 0 && i % 4 == 0) {
              fireside.flushRedis();
            }
            Reply reply =
                arena.submit("race", "w" + writer, Map.of("score", (10 - writer) * 1_000 + i));
            assertThat(reply.status()).isEqualTo(200);
            if (!reply.body().path("rebuilding").asBoolean()) {
              assertThat(reply.body().at("/periods/0/rank/after").asInt()).isEqualTo(writer + 1);
              assertThat(reply.body().at("/periods/0/entries").asInt()).isEqualTo(603);
            }
          }
          return writer;
        });
    fireside.settle();

    Reply last = arena.scoresOf(arena.anybody(), "race", "?rank=603");
    assertThat(Arena.rows(last)).containsExactly("603 p0 0");
  }

  @Test
  void takesDeletedPeopleOutOfTheRanks() {
    arena.board("race", Map.of("maxSize", 2));
    arena.board("other");
    arena.person("ann");
    arena.person("bob");
    arena.scores("race", "ann", 9, "bob", 5);
    arena.scores("other", "ann", 9);
    assertThat(arena.submit("race", "cid", Map.of("score", 1)).status()).isEqualTo(409);
    fireside.settle();
    fireside.faults().setAll(Fault.duplicate(2));

    delete("ann");
    fireside.settle();

    assertThat(rows("race")).containsExactly("1 bob 5");
    assertThat(rows("other")).isEmpty();
    var players = new PlayerStore(fireside.platform());
    assertThat(players.ofPlayer(new Uid("ann"), null, 10)).isEmpty();
    // There is room for another.
    assertThat(
            arena
                .documents()
                .get(PeriodStore.path(new BoardId("race"), "all-time"))
                .orElseThrow()
                .fields()
                .number("size"))
        .isOne();
    assertThat(arena.submit("race", "cid", Map.of("score", 1)).status()).isEqualTo(200);

    // A score that was on its way.
    arena.submit("other", "ann", Map.of("score", 10));
    fireside.settle();
    assertThat(rows("other")).isEmpty();
    assertThat(fireside.project().deadLetters()).isEmpty();
  }

  @Test
  void leavesARowOfNobodyInTheFinalRanksOfSomebodyWhoIsDeleted() {
    arena.board("race", Map.of("periods", List.of("daily"), "scopes", List.of("country")));
    for (String uid : List.of("annie", "bob", "cid")) {
      arena.person(uid);
      arena.score(
          "race",
          uid,
          Map.of("score", uid.length(), "country", "SE", "metadata", Map.of("by", uid)));
    }
    fireside.settle();
    fireside.clock().advance(Duration.ofDays(1));
    fireside.fire("leaderboards-settle");
    fireside.settle();
    String board = "/api/leaderboards/race";
    String day = "?at=daily-2026-11-21";
    assertThat(Arena.rows(arena.scoresOf(arena.anybody(), "race", day))).hasSize(3);
    assertThat(arena.anybody().get(board + "/changes" + day).body().path("rows")).hasSize(3);
    fireside.faults().setAll(Fault.duplicate(2));

    delete("annie");

    for (int i = 0; i < 3; i++) {
      Reply page = arena.scoresOf(arena.anybody(), "race", day);
      assertThat(Arena.rows(page)).containsExactly("1  5", "2 bob 3", "3 cid 3");
      assertThat(page.body().path("entries").asInt()).isEqualTo(3);
      assertThat(page.body().at("/items/0").has("country")).isFalse();
      assertThat(arena.ready(arena.anybody(), board + "/around/annie" + day).status())
          .isEqualTo(404);
      Reply around = arena.ready(arena.anybody(), board + "/around/bob" + day);
      Reply changes = arena.anybody().get(board + "/changes" + day);
      assertThat(changes.body().path("rows").findValuesAsText("uid")).containsExactly("bob", "cid");
      Reply country = arena.scoresOf(arena.anybody(), "race", day + "&scope=country&country=SE");
      for (Reply reply : List.of(page, around, changes, country)) {
        assertThat(reply.body().toString()).doesNotContain("annie");
      }
      Reply named = arena.scoresOf(arena.anybody(), "race", day + "&owners=annie,bob");
      assertThat(Arena.rows(named)).containsExactly("2 bob 3");
      // At once, by what is known of the account; then because nothing is left; also without Redis.
      if (i == 1) {
        fireside.flushRedis();
      }
      fireside.settle();
    }
    assertThat(arena.documents().list(arena.documents().collectionGroup("chunks")).toString())
        .contains("bob")
        .doesNotContain("annie");
    assertThat(fireside.project().deadLetters()).isEmpty();
  }

  @Test
  void aCopyOfAnEventThatComesMuchLaterBringsNobodyBack() {
    arena.board("race");
    arena.person("ann");
    arena.scores("race", "ann", 9, "bob", 5);
    fireside.settle();
    DocumentChange old = written("race", "ann");
    delete("ann");
    fireside.settle();
    fireside.flushRedis();
    assertThat(rows("race")).containsExactly("1 bob 5");

    hear(old);
    assertThat(rows("race")).containsExactly("1 bob 5");

    // Also not on another board of the same name.
    old = written("race", "bob");
    assertThat(arena.admin().delete("/api/leaderboards/race").status()).isEqualTo(204);
    fireside.settle();
    arena.board("race");
    arena.scores("race", "cid", 3);
    hear(old);
    assertThat(rows("race")).containsExactly("1 cid 3");
  }

  @Test
  void readsNoDocumentForTheEventOfAScoreThatWasJustSubmitted() {
    arena.board("race", Map.of("periods", List.of("daily", "all-time")));
    arena.score("race", "ann", 9);
    fireside.settle();
    DocumentChange change = written("race", "ann");
    hear(change);
    var before = fireside.counts();

    hear(change);

    assertThat(fireside.counts().minus(before).reads()).isZero();
  }

  private DocumentChange written(String board, String uid) {
    Document document =
        arena.documents().get(PlayerStore.path(new BoardId(board), new Uid(uid))).orElseThrow();
    return new DocumentChange(
        new EventId("test", "test", uid), document.path(), null, document, document.updateTime());
  }

  private static void hear(DocumentChange change) {
    new PlayerWrittenFunction(fireside.platform()).on(change);
  }

  /// As the module does that owns profiles.
  private void delete(String uid) {
    var fields = new HashMap<String, Object>();
    fields.put("handle", uid);
    fields.put("status", "deleted");
    fields.put("deletedAt", Arena.NOON);
    arena.documents().set("users/" + uid, fields);
    Document written = arena.documents().get("users/" + uid).orElseThrow();
    new ProfileReader(fireside.platform())
        .keep(new Uid(uid), ProfileReader.parse(written), written.version());
  }

  @Test
  void removesWhatWasOnItsWayToABoardThatIsGone() {
    var player =
        PlayerBoard.none(new BoardId("gone"), new Uid("ann"))
            .with("all-time", new Entry(7, 0, 1, null, 1, false, true, null))
            .revised(1);
    String path = PlayerStore.path(player.board(), player.uid());
    arena.documents().set(path, PlayerStore.fields(player));
    fireside.settle();
    assertThat(arena.documents().get(path)).isEmpty();
    arena.board("gone");
    assertThat(rows("gone")).isEmpty();
  }

  @Test
  void healsAgainOnceRedisIsBack() {
    arena.board("race");
    arena.submit("race", "bob", Map.of("score", 5));
    fireside.settle();
    fireside.killRedis();
    try {
      commit("race", "ann", 9);
    } finally {
      fireside.restartRedis();
    }
    fireside.settle();
    assertThat(rows("race")).containsExactly("1 ann 9", "2 bob 5");
  }
}

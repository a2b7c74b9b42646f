package dev.fireside.games.sessions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.play.SignedRequests;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.EventTotals;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.SessionId;
import dev.fireside.play.domain.SessionSignature;
import dev.fireside.play.domain.SessionState;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.play.store.SessionDocument;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.Json;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;

/// Players and their sessions in tests.
final class Arcade {
  private final FiresideExtension fireside;

  Arcade(FiresideExtension fireside) {
    this.fireside = fireside;
  }

  Caller as(String uid, Role... roles) {
    return fireside.http().as(uid, roles);
  }

  Documents documents() {
    return fireside.platform().documents();
  }

  Instant now() {
    return fireside.clock().instant();
  }

  /// An open board with one period that never ends.
  void board(String id, Map<String, Object> settings) {
    var fields = new HashMap<String, Object>();
    fields.put("title", id);
    fields.put("order", "desc");
    fields.put("operator", "best");
    fields.put("periods", List.of("all-time"));
    fields.put("status", "open");
    fields.put("createdAt", now());
    fields.putAll(settings);
    documents().set("leaderboards/" + id, fields);
  }

  /// Starts a session and answers with its id.
  String started(String uid, String board) {
    Reply reply = as(uid).post("/api/games", Map.of("board", board));
    if (reply.status() != 201) {
      throw new AssertionError(reply.toString());
    }
    return reply.body().path("id").asText();
  }

  Reply finish(String uid, String id, Map<String, ?> score) {
    return signed(uid, finishPath(id), id, score);
  }

  /// What a player has on a board; empty without anything.
  Optional<PlayerBoard> player(String board, String uid) {
    return documents()
        .get(PlayerStore.path(new BoardId(board), new Uid(uid)))
        .map(PlayerStore::parse);
  }

  long score(String board, String uid) {
    return player(board, uid).orElseThrow().entry("all-time").score();
  }

  /// An open session that lives for ten minutes, written as its document.
  String session(String uid) {
    return session(uid, now(), Duration.ofMinutes(10));
  }

  String session(String uid, Instant start, Duration life) {
    var session =
        new GameSession(
            new SessionId(fireside.platform().ids().next()),
            new Uid(uid),
            new BoardId("arena"),
            0,
            "0123456789abcdef",
            null,
            SessionState.OPEN,
            start,
            start.plus(life),
            EventTotals.NONE,
            null,
            null,
            null);
    documents().set(SessionDocument.path(session.id()), SessionDocument.fields(session));
    return session.id().value();
  }

  Document document(String id) {
    return documents().get(SessionDocument.path(new SessionId(id))).orElseThrow();
  }

  GameSession stored(String id) {
    return SessionDocument.parse(document(id));
  }

  List<Document> batches(String id) {
    return documents()
        .list(documents().collection(SessionDocument.path(new SessionId(id)) + "/batches"));
  }

  String key(String id) {
    return new SignedRequests(fireside.platform()).signingKey(new SessionId(id));
  }

  /// Sends a signed body as JSON.
  Reply signed(String uid, String path, String id, Object body) {
    return signed(as(uid), path, id, bytes(body));
  }

  /// Sends signed bytes as `application/json`.
  Reply signed(Caller caller, String path, String id, byte[] body) {
    String header = SessionSignature.sign(key(id), now(), "POST", path, body);
    return caller
        .header(SessionSignature.HEADER, header)
        .raw("POST", path, body, "application/json");
  }

  Reply events(String uid, String id, List<Map<String, Object>> events) {
    return signed(uid, eventsPath(id), id, Map.of("events", events));
  }

  static String eventsPath(String id) {
    return "/api/games/" + id + "/events";
  }

  static String finishPath(String id) {
    return "/api/games/" + id + "/finish";
  }

  /// Events with the given numbers, each worth ten points.
  static List<Map<String, Object>> numbered(long from, long to) {
    return LongStream.rangeClosed(from, to).mapToObj(seq -> event(seq, 0, 10)).toList();
  }

  static Map<String, Object> event(long seq, long at, long points) {
    var event = new LinkedHashMap<String, Object>();
    event.put("seq", seq);
    event.put("at", at);
    event.put("type", "kill");
    event.put("points", points);
    return event;
  }

  static byte[] bytes(Object body) {
    try {
      return Json.mapper().writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static byte[] gzip(byte[] plain) {
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static List<String> texts(JsonNode list, String field) {
    return StreamSupport.stream(list.spliterator(), false)
        .map(item -> item.path(field).asText())
        .toList();
  }
}

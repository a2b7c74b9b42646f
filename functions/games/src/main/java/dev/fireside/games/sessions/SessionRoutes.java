package dev.fireside.games.sessions;

import dev.fireside.games.store.SessionStore;
import dev.fireside.play.EndSession;
import dev.fireside.play.ScoreFields;
import dev.fireside.play.SignedRequests;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.GameSession;
import dev.fireside.play.domain.SessionId;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.limits.Budget;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;

/// Transport of the routes about game sessions.
public final class SessionRoutes {
  /// Somebody who plays games of half a minute for a whole evening.
  private static final Budget START = new Budget("games-start", 300, Duration.ofMinutes(15));

  private final SignedRequests signed;
  private final Clock clock;
  private final StartSession startSession;
  private final ReadSession readSession;
  private final ListSessions listSessions;
  private final RecordEvents recordEvents;
  private final FinishSession finishSession;
  private final ReadLog readLog;

  public SessionRoutes(Platform platform) {
    var sessions = new SessionStore(platform);
    this.signed = new SignedRequests(platform);
    this.clock = platform.clock();
    this.startSession = new StartSession(sessions, clock, new SecureRandom());
    this.readSession = new ReadSession(sessions);
    this.listSessions = new ListSessions(sessions);
    this.recordEvents = new RecordEvents(sessions, clock);
    this.finishSession = new FinishSession(sessions, new EndSession(platform));
    this.readLog = new ReadLog(sessions);
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("POST", "/api/games", Access.USER, START, this::start)
        .route("GET", "/api/games", Access.USER, this::list)
        .route("GET", "/api/games/{id}", Access.USER, this::read)
        .route("POST", "/api/games/{id}/events", Access.USER, this::addEvents)
        .route("GET", "/api/games/{id}/events", Access.MODERATOR, this::log)
        .route("POST", "/api/games/{id}/finish", Access.USER, START, this::finish);
  }

  private Response start(Request request) {
    SessionBodies.Start start = request.body(SessionBodies::start);
    GameSession session =
        startSession.start(
            request.caller().uid(),
            new SessionId(request.newId()),
            new BoardId(start.board()),
            start.country());
    // It has the signing key.
    return Response.created("/api/games/" + session.id(), own(session)).unkept();
  }

  private Response read(Request request) {
    GameSession session =
        readSession.read(request.caller(), id(request)).orElseThrow(Problems::noSuchSession);
    return Response.ok(
        session.uid().equals(request.viewer())
            ? own(session)
            : SessionView.of(session, null, clock.instant()));
  }

  private Response list(Request request) {
    return Response.ok(
        request.page(
            "game sessions",
            (after, limit) ->
                listSessions.list(request.caller().uid(), after, limit).map(this::own)));
  }

  private Response addEvents(Request request) {
    SessionId id = id(request);
    signed.check(id, request);
    return Response.ok(
        recordEvents.add(
            request.caller().uid(),
            id,
            session -> SessionBodies.events(request, session.decimals())));
  }

  private Response log(Request request) {
    SessionId id = id(request);
    return Response.ok(
        request.page(
            "events of game session " + id,
            (after, limit) -> readLog.read(id, after == null ? 0 : Long.parseLong(after), limit)));
  }

  private Response finish(Request request) {
    SessionId id = id(request);
    signed.check(id, request);
    return Response.ok(
        finishSession.finish(request.caller().uid(), id, request.body(ScoreFields::read)));
  }

  private SessionView own(GameSession session) {
    return SessionView.of(session, signed.signingKey(session.id()), clock.instant());
  }

  /// The session in the path; what cannot be an id is no session.
  private static SessionId id(Request request) {
    return SessionId.of(request.path("id")).orElseThrow(Problems::noSuchSession);
  }
}

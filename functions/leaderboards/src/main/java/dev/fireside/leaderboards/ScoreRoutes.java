package dev.fireside.leaderboards;

import dev.fireside.play.ScoreFields;
import dev.fireside.play.SignedRequests;
import dev.fireside.play.domain.SessionId;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.limits.Budget;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Transport of scores.
final class ScoreRoutes {
  private static final String BOARD = "/api/leaderboards/{board}";

  /// Somebody who plays short rounds without a pause.
  private static final Budget SUBMIT =
      new Budget("leaderboards-submit", 1_000, Duration.ofMinutes(15));

  private final TakeScore takeScore;
  private final SignedRequests signatures;

  ScoreRoutes(Platform platform) {
    this.takeScore = new TakeScore(platform);
    this.signatures = new SignedRequests(platform);
  }

  void addTo(HttpApp app) {
    app.keyedRoute("POST", BOARD + "/scores", Access.USER, SUBMIT, this::submit);
  }

  /// @param session the game session that the score comes from; null for none
  /// @param uid whose score it is; null for the caller's
  private record Body(ScoreFields fields, @Nullable SessionId session, @Nullable Uid uid) {}

  private Response submit(Request request) {
    Principal caller = request.caller();
    Body body = request.body(ScoreRoutes::body);
    boolean admin = caller.has(Role.ADMIN);
    if (body.uid() != null && !body.uid().equals(caller.uid()) && !admin) {
      throw ProblemException.of(
          ProblemType.FORBIDDEN, "Only admins submit scores of somebody else");
    }
    if (body.session() != null) {
      signatures.check(body.session(), request);
    }
    return Response.ok(
        takeScore.take(
            BoardRoutes.id(request),
            body.uid() == null ? caller.uid() : body.uid(),
            body.fields(),
            new TakeScore.Origin(
                caller.uid(),
                body.session(),
                request.idempotencyKey().orElse(null),
                request.newId(),
                admin)));
  }

  private static Body body(Input in) {
    String session = in.optionalText("sessionId", 1, 100);
    SessionId id = session == null ? null : SessionId.of(session).orElse(null);
    if (session != null && id == null) {
      in.reject("sessionId", "must be the id of a game session");
    }
    return new Body(ScoreFields.read(in), id, in.optionalUid("uid"));
  }
}

package dev.fireside.games.events;

import dev.fireside.economy.store.Catalogue;
import dev.fireside.economy.store.Holdings;
import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.inventory.ReceiptView;
import dev.fireside.games.store.LiveEvents;
import dev.fireside.games.store.Participants;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Page;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.limits.Budget;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/// Transport of the routes about live events.
public final class EventRoutes {
  /// A player who reports something every other second.
  private static final Budget PLAY = new Budget("events", 500, Duration.ofMinutes(15));

  /// A server that reports for many players: as an admin it has 30 times as much.
  private static final Budget AWARD = new Budget("award", 1_000, Duration.ofMinutes(15));

  private static final String AWARD_PATH = "/api/events/{id}/participants/{uid}/progress";
  private static final String CLAIM_PATH = "/api/events/{id}/tiers/{tier}/claim";

  private final ListEvents listEvents;
  private final ReadEvent readEvent;
  private final EditEvents editEvents;
  private final JoinEvent joinEvent;
  private final ReportProgress reportProgress;
  private final ClaimTier claimTier;
  private final HotItems hotItems;
  private final Clock clock;

  public EventRoutes(Platform platform, HotItems hotItems) {
    this.clock = platform.clock();
    this.hotItems = hotItems;
    var liveEvents = new LiveEvents(platform);
    var participants = new Participants(platform);
    this.listEvents = new ListEvents(liveEvents, clock);
    this.readEvent = new ReadEvent(liveEvents, participants, clock);
    this.editEvents =
        new EditEvents(
            liveEvents, new EventLists(liveEvents, hotItems), new Catalogue(platform), clock);
    this.joinEvent = new JoinEvent(participants, clock);
    this.reportProgress = new ReportProgress(participants, clock);
    this.claimTier = new ClaimTier(participants, new Holdings(platform), clock);
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/events", Access.PUBLIC, this::list)
        .route("POST", "/api/events", Access.ADMIN, this::create)
        .route("GET", "/api/events/hot-items", Access.PUBLIC, this::hot)
        .route("GET", "/api/events/{id}", Access.PUBLIC, this::read)
        .route("PATCH", "/api/events/{id}", Access.ADMIN, this::edit)
        .route("DELETE", "/api/events/{id}", Access.ADMIN, this::delete)
        .keyedRoute("POST", "/api/events/{id}/join", Access.USER, PLAY, this::join)
        .keyedRoute("POST", "/api/events/{id}/progress", Access.USER, PLAY, this::report)
        .keyedRoute("POST", AWARD_PATH, Access.ADMIN, AWARD, this::award)
        .keyedRoute("POST", CLAIM_PATH, Access.USER, PLAY, this::claim);
  }

  private Response list(Request request) {
    String state = request.queryOneOf("state", ListEvents.STATES);
    if (state.equals("draft")
        && request.principal().filter(caller -> caller.has(Role.ADMIN)).isEmpty()) {
      throw ProblemException.of(ProblemType.FORBIDDEN, "Drafts are for admins");
    }
    return Response.ok(new Page<>(listEvents.list(state), null)).revalidated();
  }

  private Response hot(Request request) {
    return Response.ok(new Page<>(hotItems.list(), null)).revalidated();
  }

  private Response read(Request request) {
    return Response.ok(readEvent.read(request.principal(), id(request))).revalidated();
  }

  private Response create(Request request) {
    LiveEvent draft = request.body(in -> EventBodies.draft(request.newId(), in));
    LiveEvent event = editEvents.create(draft);
    return Response.created(
        "/api/events/" + event.id(), EventView.of(event, null, clock.instant()));
  }

  private Response edit(Request request) {
    LiveEvent event = editEvents.edit(id(request), request.body(EventBodies::edit));
    return Response.ok(EventView.of(event, null, clock.instant()));
  }

  private Response delete(Request request) {
    editEvents.delete(id(request));
    return Response.noContent();
  }

  private Response join(Request request) {
    return Response.ok(joinEvent.join(request.caller().uid(), id(request)));
  }

  private Response report(Request request) {
    long points = request.body(EventBodies::points);
    return answer(
        reportProgress.report(
            request.caller().uid(),
            id(request),
            points,
            new ReportProgress.Origin(request.idempotencyKey(), request.newId())));
  }

  private Response award(Request request) {
    long points = request.body(EventBodies::points);
    var key = request.idempotencyKey().map(text -> request.caller().uid() + ":" + text);
    return answer(
        reportProgress.award(
            request.uid("uid"),
            id(request),
            points,
            new ReportProgress.Origin(key, request.newId())));
  }

  private static Response answer(ReportProgress.Progress progress) {
    return marked(Response.ok(progress.view()), progress.isRepeated());
  }

  private Response claim(Request request) {
    var effect = claimTier.claim(request.caller().uid(), id(request), tier(request));
    return marked(Response.ok(ReceiptView.of(effect.receipt())), effect.isRepeated());
  }

  private static Response marked(Response response, boolean isRepeated) {
    return isRepeated ? response.with("Idempotency-Replayed", "true") : response;
  }

  /// The event in the path; what cannot be an id is no event.
  private static String id(Request request) {
    String id = request.path("id").toUpperCase(Locale.ROOT);
    if (!Ids.isUlid(id)) {
      throw Problems.noSuchEvent();
    }
    return id;
  }

  private static int tier(Request request) {
    String tier = request.path("tier");
    if (!tier.matches("[1-9][0-9]{0,2}")) {
      throw ProblemException.notFound("tier");
    }
    return Integer.parseInt(tier);
  }
}

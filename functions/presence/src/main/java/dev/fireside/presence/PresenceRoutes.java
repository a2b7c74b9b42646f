package dev.fireside.presence;

import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Page;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.limits.Budget;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/// Transport of the routes about presence.
final class PresenceRoutes {
  /// Most people asked for at once.
  static final int PEOPLE_MAX = 100;

  private static final int TEXT_MAX = PEOPLE_MAX * 129;

  /// A game that says what its player does, at each turn.
  private static final Budget SETTINGS =
      new Budget("presence-settings", 300, Duration.ofMinutes(15));

  /// Somebody with thousands of contacts, who opens the app a few times.
  private static final Budget WATCH = new Budget("presence-watch", 600, Duration.ofMinutes(15));

  private final ReadPresence readPresence;
  private final WatchPeople watchPeople;
  private final ChangeSettings changeSettings;

  PresenceRoutes(Stores stores, Clock clock) {
    this.readPresence = new ReadPresence(stores);
    this.watchPeople = new WatchPeople(stores, clock);
    this.changeSettings = new ChangeSettings(stores, clock);
  }

  void addTo(HttpApp app) {
    app.route("GET", "/api/presence", Access.USER, this::read)
        .route("PUT", "/api/presence/watching", Access.USER, WATCH, this::watch)
        .route("GET", "/api/presence/me", Access.USER, this::settings)
        .route("PATCH", "/api/presence/me", Access.USER, SETTINGS, this::change);
  }

  private Response read(Request request) {
    List<Uid> people =
        request
            .queryList("users", PEOPLE_MAX, TEXT_MAX)
            .orElseThrow(() -> Request.invalidQuery("users", "is missing"))
            .stream()
            .map(PresenceRoutes::uid)
            .distinct()
            .toList();
    return Response.ok(new Page<>(readPresence.read(request.caller().uid(), people), null));
  }

  private static Uid uid(String text) {
    if (!Uid.isValid(text)) {
      throw Request.invalidQuery(
          "users", "holds `" + text + "`, which is not a uid: name 1 to 100 between commas");
    }
    return new Uid(text);
  }

  private Response watch(Request request) {
    List<Uid> people = request.body(PresenceBodies::people);
    return Response.ok(watchPeople.watch(request.caller().uid(), people));
  }

  private Response settings(Request request) {
    return Response.ok(changeSettings.read(request.caller().uid()));
  }

  private Response change(Request request) {
    return Response.ok(
        changeSettings.change(request.caller().uid(), request.body(PresenceBodies::edit)));
  }
}

package dev.fireside.games.sessions;

import dev.fireside.games.domain.Append;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.GameEvent;
import dev.fireside.play.domain.SessionRules;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Request;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the bodies of requests about sessions.
final class SessionBodies {
  /// Events of one batch, at most.
  static final int BATCH_MAX = 500;

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final long MILLIS_MAX = (SessionRules.SECONDS_MAX + 60) * 1_000L;

  private SessionBodies() {}

  /// What a session is started with.
  ///
  /// @param board id of a board
  record Start(String board, @Nullable String country) {}

  static Start start(Input in) {
    return new Start(in.text("board", BoardId.FORM, "must be the id of a board"), country(in));
  }

  private static @Nullable String country(Input in) {
    String country = in.optionalText("country", 2, 2);
    if (country != null && !COUNTRIES.contains(country)) {
      in.reject("country", "must be an ISO 3166-1 alpha-2 code in capitals");
    }
    return country;
  }

  /// A batch of events in the order of their numbers: at least one, numbered one by one, not going
  /// back in time. Errors name the place in that order.
  ///
  /// @param decimals digits after the point of the board's scores
  static List<GameEvent> events(Request request, int decimals) {
    List<GameEvent> events = request.body(in -> events(in, decimals));
    if (events.isEmpty()) {
      throw Problems.field(
          ProblemType.INVALID_INPUT, "events", "must be a list with at least one event");
    }
    return events;
  }

  private static List<GameEvent> events(Input in, int decimals) {
    // The same event twice, or another order, is what a retry on the way makes of a batch.
    List<GameEvent> events =
        in.objects("events", BATCH_MAX, event -> event(event, decimals)).stream()
            .sorted(Comparator.comparingLong(GameEvent::seq))
            .distinct()
            .toList();
    for (int i = 1; i < events.size(); i++) {
      GameEvent before = events.get(i - 1);
      if (events.get(i).seq() != before.seq() + 1) {
        in.reject("events/" + i + "/seq", "must be " + (before.seq() + 1));
        break;
      }
      if (events.get(i).at() < before.at()) {
        in.reject("events/" + i + "/at", "must not be before that of the event before");
        break;
      }
    }
    return events;
  }

  private static GameEvent event(Input in, int decimals) {
    return new GameEvent(
        in.number("seq", 1, Append.EVENTS_MAX),
        in.number("at", 0, MILLIS_MAX),
        in.text("type", 1, GameEvent.TYPE_MAX),
        in.isAbsent("points")
            ? null
            : in.units("points", decimals, -Append.POINTS_MAX, Append.POINTS_MAX),
        in.optionalJson("data", GameEvent.DATA_BYTES_MAX));
  }
}

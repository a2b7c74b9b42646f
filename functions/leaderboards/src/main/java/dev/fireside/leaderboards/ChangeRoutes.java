package dev.fireside.leaderboards;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.fireside.leaderboards.deltas.ReadChanges;
import dev.fireside.leaderboards.deltas.ReadChanges.Changes;
import dev.fireside.leaderboards.deltas.TopRow;
import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.Periods;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.domain.Profile;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Transport of the route about changes at the top.
final class ChangeRoutes {
  private static final String BOARD = "/api/leaderboards/{board}";

  private static final int VERSION_LENGTH_MAX = 16;

  private final KnownBoards boards;
  private final ReadChanges readChanges;
  private final Clock clock;

  ChangeRoutes(Platform platform, KnownBoards boards, Ranks ranks) {
    this.boards = boards;
    this.readChanges = new ReadChanges(platform, ranks);
    this.clock = platform.clock();
  }

  void addTo(HttpApp app) {
    app.route("GET", BOARD + "/changes", Access.PUBLIC, this::changes);
  }

  /// What changed at the top as it is shown.
  ///
  /// @param version what to ask with next time; null while the ranks are being rebuilt
  /// @param full whether the rows are the whole top, or those that changed
  /// @param entries how many are ranked in the period; null while ranks are being rebuilt
  /// @param nextReset when the current period of this kind ends; null where it does not
  record ChangesView(
      String board,
      PeriodView period,
      @Nullable Long version,
      boolean full,
      boolean rebuilding,
      @Nullable Long entries,
      @Nullable Instant nextReset,
      List<ChangeView> rows) {}

  /// A row that changed, or of a player who left the top.
  ///
  /// @param handle null for people without a profile, or whom nobody may see
  record ChangeView(
      String uid,
      @Nullable Long rank,
      @Nullable String handle,
      @Nullable String displayName,
      @Nullable String avatarUrl,
      @Nullable BigDecimal score,
      @Nullable BigDecimal subscore,
      @JsonRawValue @Nullable String metadata,
      @Nullable Instant at,
      @Nullable String country,
      @Nullable Boolean removed) {
    static ChangeView of(TopRow row, @Nullable Profile profile) {
      if (profile != null && profile.status() == AccountStatus.DELETED) {
        return left(row.uid());
      }
      Profile shown = profile != null && profile.isActive() ? profile : null;
      return new ChangeView(
          row.uid(),
          row.rank(),
          shown == null ? null : shown.handle(),
          shown == null ? null : shown.displayName(),
          shown == null ? null : shown.avatarUrl(),
          row.score(),
          row.subscore(),
          row.metadata(),
          row.at(),
          row.country(),
          null);
    }

    static ChangeView left(String uid) {
      return new ChangeView(uid, null, null, null, null, null, null, null, null, null, true);
    }
  }

  private Response changes(Request request) {
    Board board = boards.get(BoardRoutes.id(request)).orElseThrow(Problems::noSuchBoard);
    Instant now = clock.instant();
    Period period = PeriodChoice.of(request).period(board, now);
    Long since = since(request);
    Changes changes = readChanges.read(board, period, since);
    if (changes.areNone()) {
      return new Response(304, Map.of(), null).revalidated();
    }
    boolean known = changes.version() != null;
    Map<Uid, Profile> people = readChanges.people(changes);
    return Response.ok(
            new ChangesView(
                board.id().value(),
                PeriodView.of(board, period, now, null),
                changes.version(),
                changes.full(),
                !known,
                known ? readChanges.entries(board, period) : null,
                Periods.open(board, period.kind(), now).end(),
                Stream.concat(
                        changes.rows().stream()
                            .map(row -> ChangeView.of(row, people.get(new Uid(row.uid())))),
                        changes.left().stream().map(ChangeView::left))
                    // Whoever knows nothing needs not forget either.
                    .filter(row -> !changes.full() || row.removed() == null)
                    .toList()))
        .revalidated();
  }

  private static @Nullable Long since(Request request) {
    String text = request.query("since", VERSION_LENGTH_MAX).orElse(null);
    if (text == null) {
      return null;
    }
    if (!text.matches("[0-9]+")) {
      throw Request.invalidQuery("since", "must be a version that an earlier answer had");
    }
    return Long.valueOf(text);
  }
}

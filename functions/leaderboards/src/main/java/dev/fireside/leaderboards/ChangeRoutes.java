package dev.fireside.leaderboards;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.fireside.leaderboards.deltas.ReadChanges;
import dev.fireside.leaderboards.deltas.ReadChanges.Changes;
import dev.fireside.leaderboards.deltas.TopRow;
import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.Period;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Transport of the route about changes at the top.
final class ChangeRoutes {
  private static final int VERSION_LENGTH_MAX = 16;

  private final KnownBoards boards;
  private final ReadChanges readChanges;
  private final Clock clock;

  ChangeRoutes(Platform platform, KnownBoards boards, Ranks ranks) {
    this.boards = boards;
    this.readChanges = new ReadChanges(platform, ranks);
    this.clock = platform.clock();
  }

  /// What changed at the top as it is shown.
  ///
  /// @param version what to ask with next time; null while the ranks are being rebuilt
  /// @param full whether the rows are the whole top, or those that changed
  record ChangesView(
      String board,
      PeriodView period,
      @Nullable Long version,
      boolean full,
      boolean rebuilding,
      List<ChangeView> rows) {}

  /// A row that changed, or of a player who left the top.
  record ChangeView(
      String uid,
      @Nullable Long rank,
      @Nullable BigDecimal score,
      @Nullable BigDecimal subscore,
      @JsonRawValue @Nullable String metadata,
      @Nullable Instant at,
      @Nullable String country,
      @Nullable Boolean removed) {
    static ChangeView of(TopRow row) {
      return new ChangeView(
          row.uid(),
          row.rank(),
          row.score(),
          row.subscore(),
          row.metadata(),
          row.at(),
          row.country(),
          null);
    }

    static ChangeView left(String uid) {
      return new ChangeView(uid, null, null, null, null, null, null, true);
    }
  }

  Response changes(Request request) {
    Board board = boards.get(BoardRoutes.id(request));
    Instant now = clock.instant();
    Period period = PeriodChoice.of(request).period(board, now);
    Long since = since(request);
    Changes changes = readChanges.read(board, period, since);
    boolean known = changes.version() != null;
    if (known && !changes.full() && changes.rows().isEmpty() && changes.left().isEmpty()) {
      return new Response(304, Map.of(), null).revalidated();
    }
    return Response.ok(
            new ChangesView(
                board.id().value(),
                PeriodView.of(board, period, now, null),
                changes.version(),
                changes.full(),
                !known,
                Stream.concat(
                        changes.rows().stream().map(ChangeView::of),
                        changes.left().stream().map(ChangeView::left))
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

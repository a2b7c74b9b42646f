package dev.fireside.leaderboards;

import dev.fireside.economy.store.Catalogue;
import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.leaderboards.store.PastPeriods;
import dev.fireside.leaderboards.store.SettlementStore;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.BoardStatus;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import java.time.Clock;

/// Transport of the routes about boards themselves.
final class BoardRoutes {
  private static final String BOARD = "/api/leaderboards/{board}";

  private final CreateBoard createBoard;
  private final ListBoards listBoards;
  private final ReadBoard readBoard;
  private final EditBoard editBoard;
  private final ChangeStatus changeStatus;
  private final DeleteBoard deleteBoard;
  private final EndPeriod endPeriod;
  private final Clock clock;

  BoardRoutes(Platform platform, KnownBoards boards, Ranks ranks) {
    this.clock = platform.clock();
    var rewards = new ListedRewards(new Catalogue(platform));
    this.createBoard = new CreateBoard(boards, rewards);
    this.listBoards = new ListBoards(boards);
    this.readBoard = new ReadBoard(boards, ranks, clock);
    this.editBoard = new EditBoard(boards, rewards);
    this.changeStatus = new ChangeStatus(boards, clock);
    this.endPeriod =
        new EndPeriod(boards, new SettlementStore(platform), new PastPeriods(platform), clock);
    this.deleteBoard = new DeleteBoard(boards, platform.topics(), clock);
  }

  void addTo(HttpApp app) {
    app.route("POST", "/api/leaderboards", Access.ADMIN, this::create)
        .route("GET", "/api/leaderboards", Access.PUBLIC, this::list)
        .route("GET", BOARD, Access.PUBLIC, this::read)
        .route("PATCH", BOARD, Access.ADMIN, this::edit)
        .route("DELETE", BOARD, Access.ADMIN, this::delete)
        .route("PUT", BOARD + "/closed", Access.ADMIN, this::close)
        .route("DELETE", BOARD + "/closed", Access.ADMIN, this::open)
        .route("POST", BOARD + "/periods/{period}/end", Access.ADMIN, this::endPeriod);
  }

  private Response create(Request request) {
    var creation = createBoard.create(request.body(in -> BoardBodies.draft(in, clock.instant())));
    BoardView view = BoardView.of(creation.board(), true, clock.instant());
    String location = "/api/leaderboards/" + view.id();
    return creation.isNew()
        ? Response.created(location, view)
        : Response.ok(view).with("Location", location);
  }

  private Response list(Request request) {
    return Response.ok(
            request.page(
                "boards",
                (after, limit) ->
                    listBoards
                        .list(after, limit)
                        .map(board -> BoardView.of(board, isAdmin(request), clock.instant()))))
        .revalidated();
  }

  private Response read(Request request) {
    ReadBoard.Found found = readBoard.read(id(request), request.viewer());
    return Response.ok(
            BoardView.of(found.board(), isAdmin(request), clock.instant(), found.entries()))
        .revalidated();
  }

  private Response edit(Request request) {
    BoardId id = id(request);
    Board edited =
        editBoard.edit(
            id, board -> request.body(in -> BoardBodies.edit(in, board, clock.instant())));
    return Response.ok(BoardView.of(edited, true, clock.instant()));
  }

  private Response delete(Request request) {
    deleteBoard.delete(id(request));
    return Response.noContent();
  }

  private Response close(Request request) {
    changeStatus.change(id(request), BoardStatus.CLOSED);
    return Response.noContent();
  }

  private Response open(Request request) {
    changeStatus.change(id(request), BoardStatus.OPEN);
    return Response.noContent();
  }

  private Response endPeriod(Request request) {
    return Response.ok(endPeriod.end(id(request), request.path("period"), request.caller().uid()));
  }

  /// The board in the path; what cannot be an id is no board.
  static BoardId id(Request request) {
    String id = request.path("board");
    if (!BoardId.isValid(id)) {
      throw Problems.noSuchBoard();
    }
    return new BoardId(id);
  }

  private static boolean isAdmin(Request request) {
    return request.principal().filter(caller -> caller.has(Role.ADMIN)).isPresent();
  }
}

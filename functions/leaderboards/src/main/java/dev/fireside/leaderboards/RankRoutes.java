package dev.fireside.leaderboards;

import dev.fireside.leaderboards.store.HiddenPlayers;
import dev.fireside.leaderboards.store.KnownBoards;
import dev.fireside.leaderboards.store.PastPeriods;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Scope;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.play.store.Ranks;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.RelationReader;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Transport of the routes about ranks.
final class RankRoutes {
  private static final String BOARD = "/api/leaderboards/{board}";

  private static final int RANK_MAX = 1_000_000_000;
  private static final int OWNERS_MAX = 100;
  private static final int OWNERS_LENGTH_MAX = OWNERS_MAX * 129;
  private static final String ME = "me";
  private static final String OWN = "own ranks";
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  private final ReadRanks readRanks;
  private final ReadOwners readOwners;
  private final ReadAround readAround;
  private final ReadOwn readOwn;
  private final ListPeriods listPeriods;
  private final Clock clock;

  RankRoutes(Platform platform, KnownBoards boards, Ranks ranks) {
    this.clock = platform.clock();
    var players = new PlayerStore(platform);
    var friends = new Friends(new RelationReader(platform));
    var rows = new RankRows(new ProfileReader(platform), players, new HiddenPlayers(platform));
    this.readRanks = new ReadRanks(boards, ranks, friends, rows, clock);
    this.readOwners = new ReadOwners(boards, ranks, rows, clock);
    this.readAround = new ReadAround(boards, ranks, friends, rows, clock);
    this.readOwn = new ReadOwn(players, boards, ranks, clock);
    this.listPeriods = new ListPeriods(boards, new PastPeriods(platform), clock);
  }

  void addTo(HttpApp app) {
    app.route("GET", "/api/leaderboards/me", Access.USER, this::own)
        .route("GET", BOARD + "/scores", Access.PUBLIC, this::scores)
        .route("GET", BOARD + "/around/{uid}", Access.PUBLIC, this::around)
        .route("GET", BOARD + "/periods", Access.PUBLIC, this::periods);
  }

  private Response scores(Request request) {
    BoardId id = BoardRoutes.id(request);
    var choice = PeriodChoice.of(request);
    Set<Uid> owners = owners(request);
    RankList list = list(request, owners != null);
    String context = context(id, list);
    Position position = request.cursor(context).map(Position::parse).orElse(null);
    boolean fromRank = request.query("rank", 20).isPresent();
    if (fromRank && (position != null || owners != null)) {
      throw Request.invalidQuery("rank", "cannot stand beside cursor or owners");
    }
    int rank = request.query("rank", 1, 1, RANK_MAX);
    if (owners == null) {
      var wish = new ReadRanks.Wish(choice, list, rank, position, request.pageSize());
      return shown(request, context, readRanks.read(request.viewer(), id, wish));
    }
    if (position != null) {
      throw Request.invalidQuery("owners", "cannot stand beside cursor");
    }
    if (list.scope() == Scope.FRIENDS) {
      throw Request.invalidQuery("scope", "cannot be friends beside owners");
    }
    return shown(request, context, readOwners.read(request.viewer(), id, choice, list, owners));
  }

  private Response around(Request request) {
    BoardId id = BoardRoutes.id(request);
    var wish =
        new ReadAround.Wish(
            PeriodChoice.of(request), list(request, false), player(request), request.pageSize());
    RankPage.Ranks found = readAround.read(request.viewer(), id, wish);
    return shown(request, context(id, found.list()), found);
  }

  /// The player in the path; `me` is the caller.
  private static Uid player(Request request) {
    return request.path("uid").equals(ME) ? Friends.signedIn(request.viewer()) : request.uid("uid");
  }

  private Response shown(Request request, String context, RankPage.Ranks found) {
    return Response.ok(
            RankPage.of(
                found,
                clock.instant(),
                request.nextCursor(context, text(found.next())),
                request.nextCursor(context, text(found.previous()))))
        .revalidated();
  }

  private static @Nullable String text(@Nullable Position position) {
    return position == null ? null : position.text();
  }

  private static String context(BoardId id, RankList list) {
    return "ranks of " + id + " " + list.scope() + " " + list.country();
  }

  private static RankList list(Request request, boolean countryNeeded) {
    Scope scope = request.queryOneOf("scope", Scope.GLOBAL);
    String country = request.query("country", 100).orElse(null);
    if (country != null && scope != Scope.COUNTRY) {
      throw Request.invalidQuery("country", "stands only beside scope=country");
    }
    if (country != null && !COUNTRIES.contains(country)) {
      throw Request.invalidQuery("country", "must be an ISO 3166-1 alpha-2 code in capitals");
    }
    if (country == null && scope == Scope.COUNTRY && countryNeeded) {
      throw Request.invalidQuery("country", "is missing");
    }
    return new RankList(scope, country);
  }

  /// Those who are asked for; null where nobody is named. A list that is empty is a mistake, such
  /// as that of somebody without friends: never a question for all.
  private static @Nullable Set<Uid> owners(Request request) {
    List<String> texts = request.queryList("owners", OWNERS_MAX, OWNERS_LENGTH_MAX).orElse(null);
    if (texts == null) {
      return null;
    }
    if (!texts.stream().allMatch(Uid::isValid)) {
      throw Request.invalidQuery("owners", "must be user ids between commas");
    }
    return texts.stream()
        .map(text -> text.equals(ME) ? Friends.signedIn(request.viewer()) : new Uid(text))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  /// The caller's ranks.
  ///
  /// @param nextCursor null on the last page
  record OwnPage(List<ReadOwn.OnBoard> items, boolean rebuilding, @Nullable String nextCursor) {}

  private Response own(Request request) {
    ReadOwn.Own own =
        readOwn.read(request.caller().uid(), request.cursor(OWN).orElse(null), request.pageSize());
    return Response.ok(
            new OwnPage(own.items(), own.rebuilding(), request.nextCursor(OWN, own.next())))
        .revalidated();
  }

  /// Periods that have ended.
  ///
  /// @param nextReset when the first of the current periods of these kinds ends; null where none
  ///   does
  /// @param nextCursor null on the last page
  record PeriodPage(
      List<PeriodView> items, @Nullable Instant nextReset, @Nullable String nextCursor) {}

  private Response periods(Request request) {
    BoardId id = BoardRoutes.id(request);
    var choice = new PeriodChoice(request.query("period", 40).orElse(null), null);
    String context = "ended periods of " + id + " " + choice.kind();
    ListPeriods.Past past =
        listPeriods.list(
            id,
            choice,
            request.cursor(context).map(ListPeriods.After::parse).orElse(null),
            request.pageSize());
    return Response.ok(
            new PeriodPage(
                past.items(), past.nextReset(), request.nextCursor(context, past.next())))
        .revalidated();
  }
}

package dev.fireside.feed;

import dev.fireside.feed.domain.Ranking;
import dev.fireside.feed.store.Trends;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.cache.JsonTexts;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.Handler;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Page;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.json.JsonText;
import dev.fireside.shared.redis.Batch;
import dev.fireside.social.domain.Hashtag;
import dev.fireside.social.domain.PostView;
import dev.fireside.social.store.PostAssembler;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Transport of the lists of posts that come to a reader.
final class FeedRoutes {
  private static final String LATEST = "latest";
  private static final String FOR_YOU = "foryou";
  private static final Duration ANONYMOUS_FRESH = Duration.ofSeconds(30);

  private final ReadHome readHome;
  private final ReadForYou readForYou;
  private final ReadTrending readTrending;
  private final ReadHashtag readHashtag;
  private final JsonTexts<PostView> texts = new JsonTexts<>();

  FeedRoutes(Platform platform) {
    var stores = Stores.of(platform);
    var assembler = new PostAssembler(platform);
    var pager = new Pager(assembler);
    var home = new HomeSource(platform, stores);
    var trends = new Trends(platform, stores.posts());
    this.readHome = new ReadHome(home, pager);
    this.readForYou = new ReadForYou(platform, home, trends, assembler, pager, Ranking::rank);
    this.readTrending = new ReadTrending(trends, pager);
    this.readHashtag = new ReadHashtag(stores.posts(), pager);
  }

  void addTo(HttpApp app) {
    app.keptRoute("GET", "/api/feed", Access.USER, this::home)
        .keptRoute("GET", "/api/trending", Access.PUBLIC, this::trending)
        .route("GET", "/api/hashtags/{tag}", Access.PUBLIC, this::hashtag);
  }

  private Handler home(Request request, Batch batch) {
    String rank = request.queryOneOf("rank", List.of(LATEST, FOR_YOU));
    String context = "feed:" + rank;
    var viewer = request.caller().uid();
    String after = after(request, context);
    Supplier<Pager.Filled> page =
        rank.equals(LATEST)
            ? readHome.read(batch, viewer, after, request.pageSize())
            : () -> readForYou.read(viewer, after, request.pageSize());
    return caller -> answer(caller, context, page.get());
  }

  private Response trending(Request request) {
    String context = "trending";
    return answer(
        request,
        context,
        readTrending.read(request.viewer(), after(request, context), request.pageSize()));
  }

  private Response hashtag(Request request) {
    Optional<String> tag = Hashtag.normalise(request.path("tag").strip());
    if (tag.isEmpty()) {
      throw ProblemException.invalid(
          ProblemType.INVALID_INPUT,
          List.of(
              new FieldError(
                  "tag",
                  "must be 1 to " + Hashtag.LENGTH_MAX + " letters, digits or underscores")));
    }
    String context = "hashtag:" + tag.get();
    return answer(
        request,
        context,
        readHashtag.read(request.viewer(), tag.get(), after(request, context), request.pageSize()));
  }

  private static @Nullable String after(Request request, String context) {
    return request.cursor(context).orElse(null);
  }

  private Response answer(Request request, String context, Pager.Filled page) {
    List<JsonText> items = page.items().stream().map(texts::of).toList();
    Response response = Response.ok(new Page<>(items, request.nextCursor(context, page.next())));
    return request.viewer() == null
        ? response.publicFor(ANONYMOUS_FRESH).with("Vary", "Authorization, Origin")
        : response.revalidated();
  }
}

package dev.fireside.shared.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.shared.Platform;
import dev.fireside.shared.UnavailableException;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.auth.Accounts;
import dev.fireside.shared.auth.InvalidTokenException;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.auth.SuspendedException;
import dev.fireside.shared.auth.Tokens;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.limits.Budget;
import dev.fireside.shared.limits.Decision;
import dev.fireside.shared.load.Errand;
import dev.fireside.shared.load.GivenUpException;
import dev.fireside.shared.load.OverloadedException;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.telemetry.Trace;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An HTTP function: its routes, and the filters around them.
///
/// A request passes, in this order: trace and request id, CORS, route, body limit, token, access,
/// rate limit, idempotency key, handler. Whatever is thrown on the way is answered as a problem.
public final class HttpApp {
  /// What an anonymous caller may do, counted by address. Source: the product's own terms.
  private static final Budget ANONYMOUS = new Budget("anonymous", 100, Duration.ofMinutes(15));

  /// What a signed-in caller may do on routes without a budget of their own.
  private static final Budget SIGNED_IN = new Budget("user", 3_000, Duration.ofMinutes(15));

  /// A game's own server, which is an admin, calls for all of its players.
  private static final int ADMIN_FACTOR = 30;

  private static final Set<String> WRITES = Set.of("POST", "PUT", "PATCH", "DELETE");
  private static final Logger log = LoggerFactory.getLogger(HttpApp.class);

  private final Platform platform;
  private final Config config;
  private final Cursors cursors;
  private final Idempotency idempotency;
  private final Exchange exchange;
  private final Budget anonymous;
  private final KeptAnswers kept;
  private final List<Route> routes = new ArrayList<>();

  public HttpApp(Platform platform) {
    this.platform = platform;
    this.config = platform.config();
    this.cursors = new Cursors(config.cursorSecrets(), platform.clock());
    this.idempotency = new Idempotency(platform.documents(), platform.ids(), platform.clock());
    this.exchange = new Exchange(config, platform.meters());
    this.anonymous =
        new Budget(
            ANONYMOUS.name(),
            config.number("RATE_LIMIT_ANONYMOUS", (int) ANONYMOUS.calls(), 1, 1_000_000),
            ANONYMOUS.per());
    this.kept = new KeptAnswers(platform);
  }

  /// Adds a route with the default budget.
  @CanIgnoreReturnValue
  public HttpApp route(String method, String template, Access access, Handler handler) {
    return openingRoute(method, template, access, (_, _) -> handler);
  }

  /// Adds a route whose first reads go with those of the filters, with the default budget.
  @CanIgnoreReturnValue
  public HttpApp openingRoute(
      String method, String template, Access access, OpeningHandler handler) {
    return add(new Route(method, template, access, null, handler, false));
  }

  /// Adds a route whose answers are kept in this process, and given again in one round trip of
  /// Redis while nothing has changed of what they were made of: see [KeptAnswers].
  @CanIgnoreReturnValue
  public HttpApp keptRoute(String method, String template, Access access, OpeningHandler handler) {
    return openingRoute(method, template, access, kept.around(handler));
  }

  /// The same, where nothing is read before the filters have let the request pass.
  @CanIgnoreReturnValue
  public HttpApp keptRoute(String method, String template, Access access, Handler handler) {
    return keptRoute(method, template, access, (_, _) -> handler);
  }

  /// Adds a route with a budget of its own for signed-in callers.
  @CanIgnoreReturnValue
  public HttpApp route(
      String method, String template, Access access, Budget budget, Handler handler) {
    return add(new Route(method, template, access, budget, (_, _) -> handler, false));
  }

  /// Adds a route whose handler keeps [Request#idempotencyKey] with what it writes, in the same
  /// commit: no claim is written beside it.
  @CanIgnoreReturnValue
  public HttpApp keyedRoute(
      String method, String template, Access access, Budget budget, Handler handler) {
    return add(new Route(method, template, access, budget, (_, _) -> handler, true));
  }

  private HttpApp add(Route route) {
    routes.add(route);
    routes.sort(Comparator.comparingLong(Route::fixedSegments).reversed());
    return this;
  }

  /// The routes, as `METHOD template access`, for the table in the docs to be checked against.
  public List<String> describe() {
    return routes.stream()
        .map(route -> route.method() + " " + route.template() + " " + route.access())
        .sorted()
        .toList();
  }

  /// Answers one request.
  public void service(HttpRequest request, HttpResponse response) throws IOException {
    var headers = new Headers(request);
    Trace trace = Trace.from(headers.first("traceparent"), headers.first("X-Cloud-Trace-Context"));
    var call = new Call(request, headers, trace);
    try {
      ScopedValue.where(Trace.CURRENT, trace)
          .call(() -> {
            exchange.write(call, errand(request).get(() -> answered(call)), response);
            if (call.leavesBody && !call.expectsContinue()) {
              Bodies.discard(request.getInputStream());
            }
            return null;
          });
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /// A read is given up when whoever asked has gone; a write is finished, since it may count all
  /// the same. Both have a deadline, which every call of a store keeps to.
  private Errand errand(HttpRequest request) {
    Errand errand = Errand.current();
    return WRITES.contains(request.getMethod())
        ? errand.regardless().within(config.load().writeDeadline())
        : errand.within(config.load().readDeadline());
  }

  private Answer answered(Call call) {
    Response response = response(call);
    try {
      return Answer.of(response);
    } catch (JsonProcessingException e) {
      return answered(internal(call, e));
    }
  }

  private static Answer answered(Response problem) {
    try {
      return Answer.of(problem);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A problem that is no JSON", e);
    }
  }

  private Response response(Call call) {
    try {
      return handled(call);
    } catch (ProblemException e) {
      return exchange.problem(call, e);
    } catch (InvalidTokenException e) {
      return exchange.problem(
          call,
          ProblemException.of(
              ProblemType.UNAUTHENTICATED,
              String.valueOf(e.getMessage()),
              Map.of("WWW-Authenticate", "Bearer error=\"invalid_token\"")));
    } catch (SuspendedException e) {
      return exchange.problem(
          call, ProblemException.of(ProblemType.SUSPENDED, String.valueOf(e.getMessage())));
    } catch (OverloadedException | GivenUpException e) {
      return shed(call, e);
    } catch (UnavailableException e) {
      return unavailable(call, e);
    } catch (RuntimeException | IOException e) {
      return internal(call, e);
    }
  }

  /// Nothing is wrong that somebody should look at, and to log each would be more to do: meters
  /// count them.
  private Response shed(Call call, UnavailableException e) {
    log.debug("{} {} was given up", call.request.getMethod(), call.route(), e);
    return exchange.problem(
        call,
        ProblemException.of(
            ProblemType.UNAVAILABLE, "There is too much to do at the moment", retryAfter(e)));
  }

  private static Map<String, String> retryAfter(UnavailableException e) {
    return Map.of("Retry-After", Long.toString(e.retryAfter().toSeconds()));
  }

  private Response unavailable(Call call, UnavailableException e) {
    log.warn("{} {} failed for now", call.request.getMethod(), call.route(), e);
    return exchange.problem(
        call, ProblemException.of(ProblemType.UNAVAILABLE, "Try again in a moment", retryAfter(e)));
  }

  private Response internal(Call call, Exception e) {
    log.error("{} {} failed", call.request.getMethod(), call.route(), e);
    return exchange.problem(
        call,
        ProblemException.of(ProblemType.INTERNAL, "This was recorded, with the trace id below"));
  }

  private Response handled(Call call) throws IOException {
    if (exchange.isPreflight(call)) {
      return Response.noContent();
    }
    Route route;
    byte[] body;
    try {
      route = match(call);
      if (route == null) {
        return Response.noContent().with("Allow", String.join(", ", call.allowed));
      }
      call.route = route;
      body =
          WRITES.contains(route.method())
              ? Bodies.read(call.request.getContentLength(), call.request.getInputStream())
              : new byte[0];
    } catch (ProblemException e) {
      // Answered at once, whether the rest of the body comes or not.
      call.leavesBody = call.hasBody();
      throw e;
    }
    if (route.access() == Access.SIGNED) {
      Request signed = request(call, null, body, null);
      return route.handler().open(signed, platform.redis().batch()).handle(signed);
    }
    return guarded(call, route, body);
  }

  /// Asks for all that the filters and the route's first reads need in one round trip, then lets
  /// the request pass them one by one.
  private Response guarded(Call call, Route route, byte[] body) throws IOException {
    String address = ClientAddress.of(call.headers, config.trustedProxyHops());
    Tokens.@Nullable Signed token = token(call, address);
    Principal claimed = token == null ? null : token.principal();
    Request request = request(call, claimed, body, null);
    Batch batch = platform.redis().batch();
    Duration ageMax =
        WRITES.contains(route.method()) ? Accounts.WRITE_AGE_MAX : Accounts.READ_AGE_MAX;
    Supplier<Principal> caller =
        token == null ? null : platform.tokens().lookup(batch, token, ageMax);
    Supplier<Decision> limit = limit(batch, route, claimed, address);
    Handler handler =
        claimed == null && route.access() != Access.PUBLIC
            ? _ -> Response.noContent()
            : opened(route, request, batch);
    batch.runOrGiveUp();
    Principal principal = caller == null ? null : known(call, caller, address);
    // Counted before access is checked, so that guessing is limited too.
    call.limit = allowed(limit.get());
    checkAccess(route, principal, address);
    String key = call.headers.first("Idempotency-Key");
    if (key == null || principal == null || route.keepsKeys() || !WRITES.contains(route.method())) {
      return handler.handle(request);
    }
    return idempotency.once(
        principal.uid(),
        route.method() + " " + request.target(),
        key,
        body,
        newId -> handler.handle(request(call, principal, body, newId)));
  }

  /// What goes wrong on opening comes after what the filters find wrong.
  private static Handler opened(Route route, Request request, Batch batch) {
    try {
      return route.handler().open(request, batch);
    } catch (RuntimeException e) {
      return _ -> {
        throw e;
      };
    }
  }

  private Request request(
      Call call, @Nullable Principal principal, byte[] body, @Nullable String newId) {
    return new Request(
        call.request,
        call.headers,
        call.parameters,
        principal,
        body,
        newId,
        platform.ids(),
        cursors);
  }

  /// The route of the request; null for `OPTIONS` on a path that has routes.
  private @Nullable Route match(Call call) {
    String method = call.request.getMethod().equals("HEAD") ? "GET" : call.request.getMethod();
    List<String> path = Route.segments(call.request.getPath());
    if (path != null) {
      for (Route route : routes) {
        Map<String, String> parameters = route.match(path);
        if (parameters != null) {
          if (route.method().equals(method)) {
            call.parameters = parameters;
            return route;
          }
          call.allowed.add(route.method());
        }
      }
    }
    if (call.allowed.isEmpty()) {
      throw ProblemException.of(ProblemType.NOT_FOUND, "There is no such path");
    }
    if (call.allowed.contains("GET")) {
      call.allowed.add("HEAD");
    }
    call.allowed.add("OPTIONS");
    if (method.equals("OPTIONS")) {
      return null;
    }
    throw ProblemException.of(
        ProblemType.METHOD_NOT_ALLOWED,
        "The path takes " + String.join(", ", call.allowed),
        Map.of("Allow", String.join(", ", call.allowed)));
  }

  /// The token of the request, its signature verified; null where there is none.
  private Tokens.@Nullable Signed token(Call call, String address) {
    String header = call.headers.first("Authorization");
    if (header == null) {
      return null;
    }
    try {
      if (!header.regionMatches(true, 0, "Bearer ", 0, 7)) {
        throw ProblemException.of(
            ProblemType.UNAUTHENTICATED,
            "Send `Authorization: Bearer <Firebase ID token>`",
            Map.of("WWW-Authenticate", "Bearer"));
      }
      return platform.tokens().read(header.substring(7).strip());
    } catch (UnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      takeAnonymously(call, address);
      throw e;
    }
  }

  private Principal known(Call call, Supplier<Principal> caller, String address) {
    try {
      return caller.get();
    } catch (UnavailableException e) {
      throw e;
    } catch (RuntimeException e) {
      takeAnonymously(call, address);
      throw e;
    }
  }

  /// A token that is refused, for whatever reason, costs as much as none, so that guessing is
  /// limited by address.
  private void takeAnonymously(Call call, String address) {
    call.limit = allowed(platform.rateLimits().take(anonymous, ClientAddress.caller(address)));
  }

  private Supplier<Decision> limit(
      Batch batch, Route route, @Nullable Principal principal, String address) {
    return principal == null
        ? platform.rateLimits().take(batch, anonymous, ClientAddress.caller(address))
        : platform.rateLimits().take(batch, budget(route, principal), principal.uid().value());
  }

  /// The decision, unless it refuses the call: then a problem is thrown.
  private static Decision allowed(Decision decision) {
    if (!decision.allowed()) {
      var headers = new LinkedHashMap<String, String>();
      Exchange.putLimit(headers, decision);
      headers.put("Retry-After", Long.toString(Math.max(1, decision.retryAfterSeconds())));
      throw ProblemException.of(
          ProblemType.RATE_LIMITED,
          "Wait " + Math.max(1, decision.retryAfterSeconds()) + " s before the next call",
          headers);
    }
    return decision;
  }

  private static Budget budget(Route route, Principal principal) {
    Budget budget = route.budget() != null ? route.budget() : SIGNED_IN;
    return principal.has(Role.ADMIN)
        ? new Budget(budget.name() + "-admin", ADMIN_FACTOR * budget.calls(), budget.per())
        : budget;
  }

  private void checkAccess(Route route, @Nullable Principal principal, String address) {
    if (route.access() == Access.PUBLIC) {
      return;
    }
    if (principal == null) {
      throw ProblemException.of(
          ProblemType.UNAUTHENTICATED,
          "Send `Authorization: Bearer <Firebase ID token>`",
          Map.of("WWW-Authenticate", "Bearer"));
    }
    switch (route.access()) {
      case PUBLIC, USER, SIGNED -> {}
      case MODERATOR -> demand(principal, Role.MODERATOR);
      case ADMIN -> {
        demand(principal, Role.ADMIN);
        if (config.adminSecondFactor() && !principal.secondFactor()) {
          throw ProblemException.of(
              ProblemType.SECOND_FACTOR_REQUIRED, "Sign in with a second factor for this");
        }
        if (!config.adminNetworks().isEmpty()
            && !ClientAddress.isIn(address, config.adminNetworks())) {
          throw ProblemException.of(ProblemType.FORBIDDEN, "This is not allowed from your network");
        }
      }
    }
  }

  private static void demand(Principal principal, Role role) {
    if (!principal.has(role)) {
      throw ProblemException.of(ProblemType.FORBIDDEN, "This needs the role " + WireNames.of(role));
    }
  }

  /// What is known of one request while it passes the filters.
  static final class Call {
    final HttpRequest request;
    final Headers headers;
    final Trace trace;
    final long startNanos = System.nanoTime();

    /// Methods of the path, as far as they were looked at.
    final Set<String> allowed = new TreeSet<>();

    Map<String, String> parameters = Map.of();
    @Nullable Route route;
    @Nullable Decision limit;

    /// Whether the answer goes out while the body is still to be read: where the next request would
    /// be looked for, so the connection ends with it.
    boolean leavesBody;

    Call(HttpRequest request, Headers headers, Trace trace) {
      this.request = request;
      this.headers = headers;
      this.trace = trace;
    }

    boolean hasBody() {
      return request.getContentLength() > 0 || headers.first("Transfer-Encoding") != null;
    }

    /// Whether the client waits to be asked for the body: one that is refused need not be sent.
    boolean expectsContinue() {
      return headers.first("Expect") != null;
    }

    /// The template of the route, since a path may name people.
    String route() {
      return route == null ? "unmatched" : route.template();
    }
  }
}

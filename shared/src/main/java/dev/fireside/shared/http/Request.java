package dev.fireside.shared.http;

import com.google.cloud.functions.HttpRequest;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.lists.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A request on its way to a handler: authenticated, its body read, its path matched.
public final class Request {
  private final HttpRequest raw;
  private final Headers headers;
  private final Map<String, String> pathParameters;
  private final @Nullable Principal principal;
  private final byte[] body;
  private final Ids ids;
  private final Cursors cursors;
  private @Nullable String newId;

  /// @param newId a ULID for what the request creates; null to make one when it is asked for
  Request(
      HttpRequest raw,
      Headers headers,
      Map<String, String> pathParameters,
      @Nullable Principal principal,
      byte[] body,
      @Nullable String newId,
      Ids ids,
      Cursors cursors) {
    this.raw = raw;
    this.headers = headers;
    this.pathParameters = pathParameters;
    this.principal = principal;
    this.body = body;
    this.newId = newId;
    this.ids = ids;
    this.cursors = cursors;
  }

  /// The part of the path that stands for `{name}`, decoded.
  public String path(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("The route has no parameter " + name);
    }
    return value;
  }

  /// The part of the path that stands for `{name}`, as a user id; 404 where it cannot be one.
  public Uid uid(String name) {
    String value = path(name);
    if (!Uid.isValid(value)) {
      throw ProblemException.notFound("user");
    }
    return new Uid(value);
  }

  /// Who calls; empty for an anonymous caller of a public route.
  public Optional<Principal> principal() {
    return Optional.ofNullable(principal);
  }

  /// Who calls a route that anonymous callers cannot reach.
  public Principal caller() {
    if (principal == null) {
      throw new IllegalStateException("The route is open to anonymous callers");
    }
    return principal;
  }

  /// The caller's user id; null for an anonymous caller.
  public @Nullable Uid viewer() {
    return principal == null ? null : principal.uid();
  }

  /// A ULID for what this request creates. With an `Idempotency-Key` it is the same on every
  /// attempt, so that a retry after a crash meets what the first attempt made.
  public String newId() {
    String id = newId;
    if (id == null) {
      id = ids.next();
      newId = id;
    }
    return id;
  }

  /// The `Idempotency-Key` of the request, for the handler of a [HttpApp#keyedRoute]. Throws a 400
  /// problem for one of another form.
  public Optional<String> idempotencyKey() {
    return header("Idempotency-Key").map(Idempotency::checked);
  }

  /// The HTTP method.
  public String method() {
    return raw.getMethod();
  }

  /// The path as it was sent, without the query.
  public String rawPath() {
    return raw.getPath();
  }

  /// The path and the query as they were sent.
  String target() {
    return raw.getPath() + raw.getQuery().map(query -> "?" + query).orElse("");
  }

  /// A header.
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.first(name));
  }

  /// A query parameter, without surrounding white space. Throws a 400 problem when it is longer
  /// than `max`, or, as all that read one, when it has no value, which must not mean the same as
  /// none.
  public Optional<String> query(String name, int max) {
    Optional<String> value = given(name).map(String::strip);
    if (value.isPresent() && value.get().length() > max) {
      throw invalidQuery(name, "must be at most " + max + " characters long");
    }
    return value;
  }

  /// The texts between the commas of a query parameter, empty ones among them; empty where there is
  /// no such parameter. Throws a 400 problem for one with more than `countMax` texts.
  public Optional<List<String>> queryList(String name, int countMax, int lengthMax) {
    Optional<List<String>> texts = query(name, lengthMax).map(text -> List.of(text.split(",", -1)));
    if (texts.filter(list -> list.size() > countMax).isPresent()) {
      throw invalidQuery(name, "must be at most " + countMax + " between commas");
    }
    return texts;
  }

  private Optional<String> given(String name) {
    Optional<String> value = rawQuery(name);
    if (value.filter(String::isBlank).isPresent()) {
      throw invalidQuery(name, "is empty: give it a value, or leave it out");
    }
    return value;
  }

  private Optional<String> rawQuery(String name) {
    try {
      return headers.parameter(name);
    } catch (RuntimeException e) {
      // The server decodes the query when it is first read, and throws what it likes.
      throw invalidQuery(name, "cannot be read: the query is not in percent encoding");
    }
  }

  /// A query parameter that is one of `allowed`; the first of them where it is absent.
  public String queryOneOf(String name, List<String> allowed) {
    String value = query(name, 100).orElse(allowed.getFirst());
    if (!allowed.contains(value)) {
      throw invalidQuery(name, "must be one of " + String.join(", ", allowed));
    }
    return value;
  }

  /// A query parameter that is the wire name of a constant, or `fallback` where it is absent.
  public <E extends Enum<E>> E queryOneOf(String name, E fallback) {
    return queryOneOf(name, fallback.getDeclaringClass()).orElse(fallback);
  }

  /// A query parameter that is the wire name of a constant.
  public <E extends Enum<E>> Optional<E> queryOneOf(String name, Class<E> type) {
    return query(name, 100)
        .map(text ->
            WireNames.find(type, text)
                .orElseThrow(() ->
                    invalidQuery(
                        name, "must be one of " + String.join(", ", WireNames.all(type)))));
  }

  /// A query parameter that is a whole number. Throws a 400 problem outside the range.
  public int query(String name, int fallback, int min, int max) {
    Optional<String> text = given(name);
    if (text.isEmpty()) {
      return fallback;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= min && value <= max && isPlain(text.get())) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Reported below, with the range.
    }
    throw invalidQuery(name, "must be a whole number from " + min + " to " + max);
  }

  /// Whether a number is written as JSON writes it: the parser also takes the digits of other
  /// scripts, and a plus.
  private static boolean isPlain(String number) {
    return number.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-');
  }

  /// How many things a page should have: the query parameter `limit`, 1 to 100, 20 by default.
  public int pageSize() {
    return query("limit", 20, 1, 100);
  }

  /// The position in the query parameter `cursor`, if there is one. Throws a 400 problem for a
  /// cursor that was not issued for this context by [#cursor].
  public Optional<String> cursor(String context) {
    // An empty one is where clients begin.
    return rawQuery("cursor")
        .filter(text -> !text.isEmpty())
        .map(text -> cursors.read(bound(context), text));
  }

  /// A cursor for the place after `position` in the list that `context` names, for this caller.
  public @Nullable String nextCursor(String context, @Nullable String position) {
    return position == null ? null : cursors.issue(bound(context), position);
  }

  /// One page of the list that `context` names, for this caller: as many things as `limit` asks
  /// for, after the place of `cursor`.
  public <T> Page<T> page(String context, Part.Reader<T> list) {
    Part<T> part = list.read(cursor(context).orElse(null), pageSize());
    return new Page<>(part.items(), nextCursor(context, part.next()));
  }

  /// The same of a list that goes on after the place of its last thing, and hides nothing.
  ///
  /// @param position where a thing stands
  public <T> Page<T> page(
      String context, Part.Source<T> list, Function<? super T, String> position) {
    return page(context, (after, limit) -> Part.of(list.after(after, limit + 1), limit, position));
  }

  /// Answers with a list that has no pages, as it is made only as a whole: in JSON, or as CSV where
  /// the caller would rather have that.
  ///
  /// @param list makes it, of at most so much data where somebody waits for the first byte; as CSV
  ///   it is made while it is sent
  public <T> Response whole(Sheet<T> sheet, Whole<T> list) {
    return Accept.prefersCsv(headers.all("Accept"))
        ? csv(sheet, sheet.body(() -> list.read(false)))
        : Response.ok(Map.of("items", list.read(true))).with("Vary", "Accept, Origin");
  }

  /// How a list without pages is made.
  public interface Whole<T> {
    /// All of it.
    ///
    /// @param soon whether it must be there soon, or be refused
    List<T> read(boolean soon);
  }

  /// Answers with the list that `context` names: one page of it as [#page] makes it, or all of it
  /// as CSV where the caller would rather have that (`Accept: text/csv`).
  public <T> Response list(String context, Sheet<T> sheet, Part.Reader<T> list) {
    if (!Accept.prefersCsv(headers.all("Accept"))) {
      return Response.ok(page(context, list)).with("Vary", "Accept, Origin");
    }
    for (String part : List.of("limit", "cursor")) {
      if (rawQuery(part).isPresent()) {
        throw invalidQuery(part, "is of pages: as CSV the list comes whole");
      }
    }
    return csv(sheet, sheet.body(list));
  }

  private static Response csv(Sheet<?> sheet, StreamedBody body) {
    return Response.ok(body)
        .with("Content-Type", "text/csv; charset=utf-8; header=present")
        .with("Content-Disposition", "attachment; filename=\"" + sheet.fileName() + "\"")
        .with("Vary", "Accept, Origin");
  }

  /// The same of a list that goes on after the place of its last thing, and hides nothing.
  ///
  /// @param position where a thing stands
  public <T> Response list(
      String context, Sheet<T> sheet, Part.Source<T> list, Function<? super T, String> position) {
    return list(
        context, sheet, (after, limit) -> Part.of(list.after(after, limit + 1), limit, position));
  }

  /// The body as it came, for signatures; of any content type and encoding.
  public byte[] rawBody() {
    return body.clone();
  }

  /// Reads the body, a JSON object, plain or with `Content-Encoding: gzip`. Throws a 400 problem
  /// that names every wrong field.
  public <T> T body(Function<Input, T> read) {
    String type = raw.getContentType().orElse("").split(";", 2)[0].strip();
    if (!type.equalsIgnoreCase("application/json")) {
      throw ProblemException.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body as application/json");
    }
    return Bodies.parse(Bodies.decoded(body, header("Content-Encoding").orElse("")), read);
  }

  private String bound(String context) {
    return context + "|" + (principal == null ? "" : principal.uid());
  }

  /// A 400 problem about one query parameter.
  public static ProblemException invalidQuery(String name, String message) {
    return ProblemException.invalid(
        ProblemType.INVALID_INPUT, List.of(new FieldError("?" + name, message)));
  }
}

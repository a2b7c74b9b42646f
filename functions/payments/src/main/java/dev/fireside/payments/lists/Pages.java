package dev.fireside.payments.lists;

import dev.fireside.ledger.domain.Book;
import dev.fireside.shared.http.Page;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What the lists of payments have in common.
public final class Pages {
  private Pages() {}

  /// Reads up to `limit` things after the one of that id, or from the start.
  public interface Reader<T> {
    List<T> read(@Nullable String after, int limit);
  }

  /// One page of a list that goes on by the ids of its things.
  public static <T> Response page(
      Request request, String context, Reader<T> reader, Function<T, String> id) {
    int size = request.pageSize();
    List<T> found = reader.read(request.cursor(context).orElse(null), size + 1);
    List<T> items = found.size() > size ? found.subList(0, size) : found;
    String last = found.size() > size ? id.apply(items.getLast()) : null;
    return Response.ok(new Page<>(items, request.nextCursor(context, last)));
  }

  /// The query parameter `book`: `live`, or `sandbox` for what testers did.
  public static Book book(Request request) {
    return request.queryOneOf("book", List.of("live", "sandbox")).equals("live")
        ? Book.LIVE
        : Book.SANDBOX;
  }
}

package dev.fireside.emulator.storage.json;

import dev.fireside.emulator.storage.disk.Bucket;
import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.disk.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page of a bucket's objects by name. Names that go on after a delimiter are shown as one
/// prefix.
///
/// @param nextToken where the next page goes on; null on the last one
public record Listing(
    List<StoredObject> objects, List<String> prefixes, @Nullable String nextToken) {
  /// Entries of a page, at most.
  private static final int PAGE_MAX = 1_000;

  /// Sorts behind every name that begins like it.
  private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

  /// What is asked for.
  ///
  /// @param prefix what names begin with
  /// @param delimiter where names are cut; empty for nowhere
  /// @param start the first name; empty for all
  /// @param end the first name that is left out; empty for none
  /// @param token of the page before; empty for the first page
  /// @param limit entries of a page, from 1
  public record Query(
      String prefix, String delimiter, String start, String end, String token, int limit) {}

  /// The limit that a client asks for, as far as it is possible; null asks for none.
  public static int limit(@Nullable Long asked) {
    return asked == null ? PAGE_MAX : Math.clamp(asked, 1, PAGE_MAX);
  }

  /// The page. Throws a 400 [Refusal] for a token that is none.
  public static Listing of(Bucket bucket, Query query) {
    var objects = new ArrayList<StoredObject>();
    var prefixes = new ArrayList<String>();
    String next = max(query.prefix(), max(query.start(), from(query.token())));
    int left = query.limit();
    while (true) {
      StoredObject object = first(bucket.from(next).values(), query);
      if (object == null) {
        return new Listing(objects, prefixes, null);
      }
      if (left == 0) {
        return new Listing(objects, prefixes, token(object.name()));
      }
      left--;
      int cut =
          query.delimiter().isEmpty()
              ? -1
              : object.name().indexOf(query.delimiter(), query.prefix().length());
      if (cut < 0) {
        objects.add(object);
        next = object.name() + '\0';
      } else {
        String prefix = object.name().substring(0, cut + query.delimiter().length());
        prefixes.add(prefix);
        next = prefix + LAST;
      }
    }
  }

  private static @Nullable StoredObject first(Collection<StoredObject> from, Query query) {
    return from.stream()
        .findFirst()
        .filter(object -> object.name().startsWith(query.prefix()))
        .filter(object -> query.end().isEmpty() || object.name().compareTo(query.end()) < 0)
        .orElse(null);
  }

  private static String max(String one, String other) {
    return one.compareTo(other) < 0 ? other : one;
  }

  private static String token(String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String from(String token) {
    try {
      return new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("Invalid page token");
    }
  }
}

package dev.fireside.emulator.storage.json;

import dev.fireside.emulator.storage.disk.Bucket;
import dev.fireside.emulator.storage.disk.ObjectNames;
import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.disk.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
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
  /// @param versions whether those are listed too that were overwritten or deleted
  public record Query(
      String prefix,
      String delimiter,
      String start,
      String end,
      String token,
      int limit,
      boolean versions) {}

  /// The limit that a client asks for, as far as it is possible; null asks for none.
  public static int limit(@Nullable Long asked) {
    return asked == null ? PAGE_MAX : Math.clamp(asked, 1, PAGE_MAX);
  }

  /// The page. Throws a 400 [Refusal] for a token that is none.
  public static Listing of(Bucket bucket, Query query) {
    var objects = new ArrayList<StoredObject>();
    var prefixes = new ArrayList<String>();
    Place next = Place.max(from(query.token()), max(query.prefix(), query.start()));
    int left = query.limit();
    while (true) {
      StoredObject object = first(bucket, next, query);
      if (object == null) {
        return new Listing(objects, prefixes, null);
      }
      if (left == 0) {
        return new Listing(objects, prefixes, token(object));
      }
      left--;
      int cut =
          query.delimiter().isEmpty()
              ? -1
              : object.name().indexOf(query.delimiter(), query.prefix().length());
      if (cut < 0) {
        objects.add(object);
        next = new Place(object.name(), object.generation() + 1);
      } else {
        String prefix = object.name().substring(0, cut + query.delimiter().length());
        prefixes.add(prefix);
        next = new Place(prefix + LAST, 0);
      }
    }
  }

  /// Where a list goes on: at a version of a name, or the next one.
  private record Place(String name, long generation) {
    static Place max(Place place, String name) {
      return ObjectNames.ORDER.compare(place.name(), name) < 0 ? new Place(name, 0) : place;
    }
  }

  private static @Nullable StoredObject first(Bucket bucket, Place from, Query query) {
    StoredObject object = query.versions() ? version(bucket, from) : live(bucket, from);
    return object != null
            && object.name().startsWith(query.prefix())
            && (query.end().isEmpty() || ObjectNames.ORDER.compare(object.name(), query.end()) < 0)
        ? object
        : null;
  }

  private static @Nullable StoredObject live(Bucket bucket, Place from) {
    StoredObject object = bucket.first(from.name());
    return object == null || !isBefore(object, from) ? object : bucket.first(from.name() + '\0');
  }

  private static @Nullable StoredObject version(Bucket bucket, Place from) {
    return Stream.of(from.name(), from.name() + '\0')
        .flatMap(name -> bucket.firstVersions(name).stream())
        .filter(object -> !isBefore(object, from))
        .findFirst()
        .orElse(null);
  }

  private static boolean isBefore(StoredObject object, Place place) {
    return object.name().equals(place.name()) && object.generation() < place.generation();
  }

  private static String max(String one, String other) {
    return ObjectNames.ORDER.compare(one, other) < 0 ? other : one;
  }

  private static String token(StoredObject object) {
    String text = object.generation() + "/" + object.name();
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Place from(String token) {
    if (token.isEmpty()) {
      return new Place("", 0);
    }
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      int slash = text.indexOf('/');
      return new Place(text.substring(slash + 1), Long.parseLong(text.substring(0, slash)));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      throw Refusal.invalid("Invalid page token");
    }
  }
}

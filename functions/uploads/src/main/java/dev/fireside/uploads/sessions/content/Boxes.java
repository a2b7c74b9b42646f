package dev.fireside.uploads.sessions.content;

import java.util.Set;
import java.util.function.Consumer;

/// The boxes of ISO media files: MP4, QuickTime, AVIF, HEIC.
final class Boxes {
  private static final int HEADER_BYTES = 8;

  /// Boxes looked at on one level. Fragments come by the thousand; what matters stands before them.
  private static final int BOXES_MAX = 2_000;

  private static final int DEPTH_MAX = 8;
  private static final Set<String> CONTAINERS = Set.of("moov", "trak", "mdia", "minf", "dinf");

  /// References to other movies.
  private static final Set<String> OTHER_MOVIES = Set.of("rmra", "rmda");

  private Boxes() {}

  /// @param from where what it holds begins
  /// @param end where that ends
  record Box(String type, long from, long end) {}

  /// Whether a movie plays what is in other files. Throws [BrokenException] where boxes do not end,
  /// or there is no movie.
  static boolean refersElsewhere(Window window) {
    var found = new boolean[2];
    each(
        window,
        0,
        window.size(),
        box -> {
          if (box.type().equals("moov")) {
            found[0] = true;
            found[1] |= refers(window, box, 1);
          }
        });
    if (!found[0]) {
      throw new BrokenException();
    }
    return found[1];
  }

  private static boolean refers(Window window, Box box, int depth) {
    if (OTHER_MOVIES.contains(box.type())) {
      return true;
    }
    if (box.type().equals("dref")) {
      return refersElsewhere(window, box);
    }
    if (!CONTAINERS.contains(box.type()) || depth > DEPTH_MAX) {
      return false;
    }
    var found = new boolean[1];
    each(window, box.from(), box.end(), inner -> found[0] |= refers(window, inner, depth + 1));
    return found[0];
  }

  /// Each data reference says by its lowest flag whether it means this very file.
  private static boolean refersElsewhere(Window window, Box dref) {
    var found = new boolean[1];
    each(
        window,
        dref.from() + 8,
        dref.end(),
        entry -> found[0] |= (window.u32(entry.from()) & 1) == 0);
    return found[0];
  }

  /// Boxes beside each other. Throws [BrokenException] where one is longer than what it stands in.
  static void each(Window window, long from, long end, Consumer<Box> box) {
    long at = from;
    for (int count = 0; count < BOXES_MAX && at + HEADER_BYTES <= end; count++) {
      Box next = box(window, at, end);
      box.accept(next);
      at = next.end();
    }
  }

  private static Box box(Window window, long at, long end) {
    long size = window.u32(at);
    String type = window.ascii(at + 4, 4);
    long header = HEADER_BYTES;
    if (size == 1) {
      size = window.u63(at + HEADER_BYTES);
      header += 8;
    } else if (size == 0) {
      // To the end; QuickTime also ends lists so.
      size = end - at;
    }
    if (size < header || size > end - at) {
      throw new BrokenException();
    }
    return new Box(type, at + header, at + size);
  }
}

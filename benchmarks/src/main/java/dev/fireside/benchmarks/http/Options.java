package dev.fireside.benchmarks.http;

import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.manifest.Jit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What was asked for.
///
/// @param connections how many call at once
/// @param seconds how long each page is asked for in each round
/// @param rounds how many pairs are measured of each page
/// @param warmup seconds that each page is asked for before, unmeasured
/// @param pages those that are measured
/// @param jit compiler of our processes; null for what their manifests say
/// @param javaOptions more options of our processes
/// @param alone whether to leave the peer out
/// @param help whether only to list what there is to ask for
record Options(
    int connections,
    int seconds,
    int rounds,
    int warmup,
    Set<Page> pages,
    @Nullable Jit jit,
    List<String> javaOptions,
    boolean alone,
    boolean help) {
  static final String USAGE =
      """
      Usage: ./benchmarks/http [options]

      Fills a world, serves it as the image does, and reads warm pages of ours and of an Express
      server in turns, pair by pair. Prints requests per second, p50, p99, and the ratios.

        --connections N      how many call at once (32)
        --seconds N          how long each page is asked for in each round (7)
        --rounds N           how many pairs are measured of each page (5)
        --warmup N           seconds that each page is asked for before, unmeasured (15)
        --pages LIST         any of home,profile,trending,health (all)
        --jit NAME           compiler of our processes: c1 or c2 (what the manifests say)
        --java-options TEXT  more options of our processes, such as a flight recording
        --alone              without the peer
        --help               this
      """;

  private static final int CONNECTIONS_MAX = 1_000;
  private static final int HOUR = 3_600;
  private static final Pattern SPACES = Pattern.compile(" +");

  Options {
    pages = Set.copyOf(pages);
    javaOptions = List.copyOf(javaOptions);
  }

  /// Reads a command line. Throws [IllegalArgumentException] for one that cannot be meant.
  static Options parse(List<String> arguments) {
    int connections = 32;
    int seconds = 7;
    int rounds = 5;
    int warmup = 15;
    Set<Page> pages = EnumSet.allOf(Page.class);
    Jit jit = null;
    List<String> javaOptions = List.of();
    boolean alone = false;
    boolean help = false;
    var words = arguments.iterator();
    while (words.hasNext()) {
      String flag = words.next();
      switch (flag) {
        case "--alone" -> alone = true;
        case "--help", "-h" -> help = true;
        case "--connections" -> connections = number(flag, words.next(), 1, CONNECTIONS_MAX);
        case "--seconds" -> seconds = number(flag, words.next(), 1, HOUR);
        case "--rounds" -> rounds = number(flag, words.next(), 1, HOUR);
        case "--warmup" -> warmup = number(flag, words.next(), 0, HOUR);
        case "--pages" -> pages = pages(flag, words.next());
        case "--jit" -> jit = jit(flag, words.next());
        case "--java-options" -> javaOptions = List.of(SPACES.split(words.next().strip()));
        default ->
            throw new IllegalArgumentException("There is no option " + flag + "; see --help");
      }
    }
    return new Options(connections, seconds, rounds, warmup, pages, jit, javaOptions, alone, help);
  }

  private static int number(String flag, String text, int min, int max) {
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Refused below, with the range.
    }
    throw new IllegalArgumentException(flag + " must be from " + min + " to " + max);
  }

  private static Jit jit(String flag, String text) {
    return WireNames.find(Jit.class, text)
        .orElseThrow(() -> new IllegalArgumentException(flag + " must be c1 or c2"));
  }

  private static Set<Page> pages(String flag, String text) {
    var chosen = EnumSet.noneOf(Page.class);
    for (String name : text.split(",", -1)) {
      chosen.add(
          Arrays.stream(Page.values())
              .filter(page -> page.label().equals(name.strip().toLowerCase(Locale.ROOT)))
              .findFirst()
              .orElseThrow(() ->
                  new IllegalArgumentException(
                      flag + " must be a list of home, profile, trending, health")));
    }
    return chosen;
  }
}

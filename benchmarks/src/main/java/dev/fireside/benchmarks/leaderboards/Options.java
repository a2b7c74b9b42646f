package dev.fireside.benchmarks.leaderboards;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was asked for.
///
/// @param url the server to load; null to start one
/// @param nakama whether that server is a Nakama
/// @param against a Nakama to load in turn with it; null for none
/// @param board the board
/// @param rows players of the board that is filled
/// @param players how many of them sign in
/// @param connections how many call at once
/// @param seconds how long each operation goes in each round
/// @param rounds how often the operations take turns
/// @param warmup how long each operation goes before, unmeasured
/// @param operations those that are measured
/// @param profiles whether the players are given profiles, whose names are then shown
/// @param events whether the functions that writes call are called
/// @param rebuild whether to have the ranks built anew from Firestore, and time it
/// @param redis `host:port` of the Redis of a server that runs already; null for unknown
/// @param firestore `host:port` of its Firestore emulator; null for unknown
/// @param pid a process of that server; null for unknown
/// @param help whether only to print the options
record Options(
    @Nullable URI url,
    boolean nakama,
    @Nullable URI against,
    String board,
    int rows,
    int players,
    int connections,
    Duration seconds,
    int rounds,
    Duration warmup,
    Set<Operation> operations,
    boolean profiles,
    boolean events,
    boolean rebuild,
    @Nullable String redis,
    @Nullable String firestore,
    @Nullable Long pid,
    boolean help) {
  static final String USAGE =
      """
      Usage: ./benchmarks/leaderboards [options]

      Has players write scores, read the top 100, the 100 around them and their own rank, in turns,
      and prints requests per second, p50, p99, errors, and the memory of what it knows.
      Without --url it starts a local cloud and fills a board.

        --url URL            a server that runs already, such as http://127.0.0.1:8080; nothing is filled
        --server NAME        what that server is: fireside (default; its local cloud) or nakama
        --against URL        a Nakama that takes turns with the server
        --board ID           the board (benchmark); on a Nakama it must be there
        --rows N             players of the board that is filled (1000000)
        --players N          how many of them sign in (5000, at most the rows)
        --connections N      how many call at once (32)
        --seconds N          how long each operation goes in each round (12)
        --rounds N           how often the operations take turns (3)
        --warmup N           seconds that each operation goes before, unmeasured (5)
        --operations LIST    any of write,top,around,rank (all)
        --no-profiles        fill without profiles, whose names are then not shown
        --no-events          deliver no events: what writes cost without them
        --rebuild            after filling, have the ranks built anew from Firestore, and time that
        --redis HOST:PORT    Redis of the server at --url, to print its memory
        --firestore HOST:PORT
                             the Firestore emulator of the server at --url, for commits beside writes
        --pid N              a process of the server at --url, to print its memory and CPU
        --help               this
      """;

  private static final int ROWS_MAX = 10_000_000;
  private static final int CONNECTIONS_MAX = 1_000;
  private static final int HOUR = 3_600;

  Options {
    operations = Set.copyOf(operations);
  }

  /// Reads a command line. Throws [IllegalArgumentException] for one that cannot be meant.
  static Options parse(List<String> arguments) {
    var reader = new Reader(arguments);
    int rows = 1_000_000;
    int players = 5_000;
    URI url = null;
    boolean nakama = false;
    URI against = null;
    String board = "benchmark";
    int connections = 32;
    int seconds = 12;
    int rounds = 3;
    int warmup = 5;
    Set<Operation> operations = EnumSet.allOf(Operation.class);
    boolean profiles = true;
    boolean events = true;
    boolean rebuild = false;
    String redis = null;
    String firestore = null;
    Long pid = null;
    boolean help = false;
    while (reader.hasNext()) {
      String flag = reader.next();
      switch (flag) {
        case "--url" -> url = reader.url();
        case "--server" -> nakama = reader.oneOf("fireside", "nakama").equals("nakama");
        case "--against" -> against = reader.url();
        case "--board" -> board = reader.value();
        case "--rows" -> rows = reader.number(1, ROWS_MAX);
        case "--players" -> players = reader.number(1, ROWS_MAX);
        case "--connections" -> connections = reader.number(1, CONNECTIONS_MAX);
        case "--seconds" -> seconds = reader.number(1, HOUR);
        case "--rounds" -> rounds = reader.number(1, HOUR);
        case "--warmup" -> warmup = reader.number(0, HOUR);
        case "--operations" -> operations = reader.operations();
        case "--no-profiles" -> profiles = false;
        case "--no-events" -> events = false;
        case "--rebuild" -> rebuild = true;
        case "--redis" -> redis = reader.value();
        case "--firestore" -> firestore = reader.value();
        case "--pid" -> pid = (long) reader.number(1, Integer.MAX_VALUE);
        case "--help", "-h" -> help = true;
        default ->
            throw new IllegalArgumentException("There is no option " + flag + "; see --help");
      }
    }
    if (nakama && url == null) {
      throw new IllegalArgumentException("--server nakama needs --url");
    }
    return new Options(
        url,
        nakama,
        against,
        board,
        rows,
        Math.min(players, rows),
        connections,
        Duration.ofSeconds(seconds),
        rounds,
        Duration.ofSeconds(warmup),
        operations,
        profiles,
        events,
        rebuild,
        redis,
        firestore,
        pid,
        help);
  }

  /// Scores are drawn below this: few are equal.
  int scores() {
    return rows * 10;
  }

  private static final class Reader {
    private final List<String> arguments;
    private int position;

    Reader(List<String> arguments) {
      this.arguments = List.copyOf(arguments);
    }

    boolean hasNext() {
      return position < arguments.size();
    }

    String next() {
      return arguments.get(position++);
    }

    private String flag() {
      return arguments.get(position - 1);
    }

    String value() {
      String flag = flag();
      if (!hasNext()) {
        throw new IllegalArgumentException(flag + " needs a value; see --help");
      }
      return next();
    }

    URI url() {
      String flag = flag();
      URI url = URI.create(value());
      if (!"http".equals(url.getScheme()) || url.getHost() == null) {
        throw new IllegalArgumentException(flag + " must be like http://host:port");
      }
      return url;
    }

    int number(int min, int max) {
      String flag = flag();
      String text = value();
      try {
        int number = Integer.parseInt(text);
        if (number >= min && number <= max) {
          return number;
        }
      } catch (NumberFormatException e) {
        // Reported below, with the range.
      }
      throw new IllegalArgumentException(flag + " must be from " + min + " to " + max);
    }

    String oneOf(String... allowed) {
      String flag = flag();
      String text = value();
      if (!Arrays.asList(allowed).contains(text)) {
        throw new IllegalArgumentException(flag + " must be one of " + String.join(", ", allowed));
      }
      return text;
    }

    Set<Operation> operations() {
      String flag = flag();
      var chosen = EnumSet.noneOf(Operation.class);
      for (String name : value().split(",", -1)) {
        Operation operation =
            Arrays.stream(Operation.values())
                .filter(known -> known.label().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() ->
                    new IllegalArgumentException(
                        flag + " must be a list of write, top, around, rank"));
        chosen.add(operation);
      }
      return chosen;
    }
  }
}

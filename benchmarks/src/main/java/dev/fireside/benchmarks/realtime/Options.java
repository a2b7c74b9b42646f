package dev.fireside.benchmarks.realtime;

import java.util.List;

/// What was asked for.
///
/// @param clients in the room
/// @param rates messages a second, one after the other
/// @param seconds how long each rate is sent in each round
/// @param rounds how many pairs are measured of each rate
/// @param warmup seconds of the first rate that are not measured
/// @param idle clients that only stay connected; 0 leaves that out
/// @param help whether only to list what there is to ask for
record Options(
    int clients, List<Integer> rates, int seconds, int rounds, int warmup, int idle, boolean help) {
  static final String USAGE =
      """
      Usage: ./benchmarks/realtime [options]

      A chat room on our local Realtime Database and on Socket.IO, in turns, pair by pair. Prints the
      time from send to received by all, bytes, memory, and the ratios.

        --clients N   in the room (500)
        --rates LIST  messages a second, one after the other (10,50)
        --seconds N   how long each rate is sent in each round (10)
        --rounds N    how many pairs are measured of each rate (3)
        --warmup N    seconds at the highest rate, unmeasured (10)
        --idle N      clients that only stay connected; 0 leaves that out (10000)
        --help        this
      """;

  private static final int CLIENTS_MAX = 20_000;
  private static final int RATE_MAX = 10_000;
  private static final int HOUR = 3_600;

  Options {
    rates = List.copyOf(rates);
  }

  /// Reads a command line. Throws [IllegalArgumentException] for one that cannot be meant.
  static Options parse(List<String> arguments) {
    int clients = 500;
    List<Integer> rates = List.of(10, 50);
    int seconds = 10;
    int rounds = 3;
    int warmup = 10;
    int idle = 10_000;
    boolean help = false;
    var words = arguments.iterator();
    while (words.hasNext()) {
      String flag = words.next();
      switch (flag) {
        case "--help", "-h" -> help = true;
        case "--clients" -> clients = number(flag, value(flag, words), 1, CLIENTS_MAX);
        case "--rates" -> rates = rates(flag, value(flag, words));
        case "--seconds" -> seconds = number(flag, value(flag, words), 1, HOUR);
        case "--rounds" -> rounds = number(flag, value(flag, words), 1, HOUR);
        case "--warmup" -> warmup = number(flag, value(flag, words), 0, HOUR);
        case "--idle" -> idle = number(flag, value(flag, words), 0, CLIENTS_MAX);
        default ->
            throw new IllegalArgumentException("There is no option " + flag + "; see --help");
      }
    }
    return new Options(clients, rates, seconds, rounds, warmup, idle, help);
  }

  private static String value(String flag, java.util.Iterator<String> words) {
    if (!words.hasNext()) {
      throw new IllegalArgumentException(flag + " needs a value");
    }
    return words.next();
  }

  private static List<Integer> rates(String flag, String text) {
    return List.of(text.split(",", -1)).stream()
        .map(rate -> number(flag, rate.strip(), 1, RATE_MAX))
        .toList();
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
}

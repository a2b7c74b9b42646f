package dev.fireside.benchmarks.realtime;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/// `./benchmarks/realtime`: a chat room on both servers, in turns.
public final class RealtimeMain {
  private static final int USAGE_ERROR = 2;
  private static final double KIB = 1_024;

  /// How many clients at most come and go before memory is first read: each takes an open file.
  private static final int FIRST_CLIENTS_MAX = 1_000;

  private static final Logger ROOT = Logger.getLogger("");

  private final Options options;
  private final Path root;
  private final PrintStream out;

  private RealtimeMain(Options options, Path root, PrintStream out) {
    this.options = options;
    this.root = root;
    this.out = out;
  }

  /// Runs the load; `--help` lists the options.
  public static void main(String[] args) throws InterruptedException {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> arguments) throws InterruptedException {
    try {
      Options options = Options.parse(arguments);
      if (options.help()) {
        System.out.print(Options.USAGE);
        return 0;
      }
      ROOT.setLevel(Level.WARNING);
      new RealtimeMain(options, Path.of(System.getProperty("fireside.root", ".")), System.out)
          .run();
      return 0;
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return USAGE_ERROR;
    } catch (IOException | IllegalStateException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  private void run() throws IOException, InterruptedException {
    try (Contestant ours = Contestant.ours();
        Contestant peer = Contestant.peer(root)) {
      talk(ours, peer);
    }
    if (options.idle() > 0) {
      try (Contestant ours = Contestant.ours();
          Contestant peer = Contestant.peer(root)) {
        idle(ours, peer);
      }
    }
  }

  private void talk(Contestant ours, Contestant peer) throws IOException, InterruptedException {
    try (var mine = new Room(ours.protocol(), ours.port());
        var theirs = new Room(peer.protocol(), peer.port())) {
      double memory = hold(ours, mine, options.clients()) / hold(peer, theirs, options.clients());
      ratio("memory per client", List.of(memory));
      for (int rate : options.rates()) {
        compare(ours, mine, peer, theirs, rate);
      }
    }
  }

  private void compare(Contestant ours, Room mine, Contestant peer, Room theirs, int rate)
      throws InterruptedException {
    out.printf(
        Locale.ROOT,
        "%n%-10s %10s %5s %8s %8s %10s %8s %6s%n",
        "server",
        "messages/s",
        "round",
        "p50 ms",
        "p99 ms",
        "B/client",
        "CPU ms",
        "lost");
    var medians = new ArrayList<Double>();
    var tails = new ArrayList<Double>();
    var bytes = new ArrayList<Double>();
    for (int round = 1; round <= options.rounds(); round++) {
      Room.Talk own = talk(ours, mine, rate, round);
      Room.Talk other = talk(peer, theirs, rate, round);
      medians.add(own.latencies().millis(0.5) / other.latencies().millis(0.5));
      tails.add(own.latencies().millis(0.99) / other.latencies().millis(0.99));
      bytes.add(own.bytesEach() / other.bytesEach());
    }
    ratio("p50", medians);
    ratio("p99", tails);
    ratio("bytes", bytes);
  }

  private Room.Talk talk(Contestant server, Room room, int rate, int round)
      throws InterruptedException {
    Duration before = server.cpu();
    Room.Talk talk = room.talk(rate, options.seconds());
    out.printf(
        Locale.ROOT,
        "%-10s %10d %5d %8.2f %8.2f %10.0f %8.1f %6d%n",
        server.name(),
        rate,
        round,
        talk.latencies().millis(0.5),
        talk.latencies().millis(0.99),
        talk.bytesEach(),
        server.cpu().minus(before).toNanos() / 1e6 / rate / options.seconds(),
        talk.lost());
    return talk;
  }

  private void idle(Contestant ours, Contestant peer) throws IOException, InterruptedException {
    out.println();
    double mine = idle(ours);
    double theirs = idle(peer);
    ratio("memory per idle client", List.of(mine / theirs));
  }

  private double idle(Contestant server) throws IOException, InterruptedException {
    try (var room = new Room(server.protocol(), server.port())) {
      return hold(server, room, options.idle());
    }
  }

  /// Has clients join, and returns the bytes of memory that each of them takes. Others have come,
  /// talked and gone before: what the first ones leave, compiled code above all, is no client's.
  private double hold(Contestant server, Room room, int clients)
      throws IOException, InterruptedException {
    try (var first = new Room(server.protocol(), server.port())) {
      first.join(Math.min(clients, FIRST_CLIENTS_MAX));
      first.talk(Collections.max(options.rates()), options.warmup());
    }
    long before = server.used();
    room.join(clients);
    long after = server.used();
    double each = Math.max(1, after - before) / (double) clients;
    out.printf(
        Locale.ROOT,
        "%-10s %6d clients: %5.1f MiB used before, %5.1f with them, %5.2f KiB each; %5.1f MiB"
            + " resident%n",
        server.name(),
        clients,
        before / KIB / KIB,
        after / KIB / KIB,
        each / KIB,
        server.resident() / KIB / KIB);
    return each;
  }

  private void ratio(String name, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    out.printf(
        Locale.ROOT,
        "%s, ours : peer, pair by pair: min %.2f, median %.2f, max %.2f%n",
        name,
        sorted.getFirst(),
        sorted.get(sorted.size() / 2),
        sorted.getLast());
  }
}

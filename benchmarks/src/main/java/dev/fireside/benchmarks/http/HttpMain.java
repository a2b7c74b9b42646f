package dev.fireside.benchmarks.http;

import dev.fireside.benchmarks.load.HttpConnection;
import dev.fireside.benchmarks.load.Load;
import dev.fireside.benchmarks.load.Measurement;
import dev.fireside.emulator.CloudOptions;
import dev.fireside.emulator.LocalClock;
import dev.fireside.emulator.LocalCloud;
import dev.fireside.emulator.LocalProject;
import dev.fireside.emulator.ProjectOptions;
import dev.fireside.emulator.events.RetryPolicy;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Jit;
import dev.fireside.shared.manifest.Manifests;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/// `./benchmarks/http`: fills a world, starts both servers, and calls them in turns.
public final class HttpMain {
  private static final int USAGE_ERROR = 2;
  private static final String PROJECT = "demo-benchmark";

  /// As the front end of Cloud Run would have put it.
  private static final String FORWARDED = "X-Forwarded-For: 203.0.113.7\r\n";

  private static final Logger ROOT = Logger.getLogger("");

  private final Options options;
  private final Path root;
  private final PrintStream out;

  private HttpMain(Options options, Path root, PrintStream out) {
    this.options = options;
    this.root = root;
    this.out = out;
  }

  /// Runs the load; `--help` lists the options.
  public static void main(String[] args) {
    System.exit(run(List.of(args)));
  }

  private static int run(List<String> arguments) {
    try {
      Options options = Options.parse(arguments);
      if (options.help()) {
        System.out.print(Options.USAGE);
        return 0;
      }
      ROOT.setLevel(Level.WARNING);
      new HttpMain(options, Path.of(System.getProperty("fireside.root", ".")), System.out).run();
      return 0;
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return USAGE_ERROR;
    } catch (IOException | IllegalStateException e) {
      System.err.println(e.getMessage());
      return 1;
    }
  }

  private void run() throws IOException {
    try (LocalCloud cloud = LocalCloud.start(CloudOptions.onFreePorts());
        LocalProject project =
            LocalProject.start(
                cloud,
                new ProjectOptions(
                    PROJECT, "", 0, List.of(), List.of(), Map.of(), RetryPolicy.LOCAL, false),
                new LocalClock())) {
      long start = System.nanoTime();
      new World(project.platform()).fill();
      out.printf(Locale.ROOT, "World filled in %.1f s%n", (System.nanoTime() - start) / 1e9);
      serve(cloud, project);
    }
  }

  private void serve(LocalCloud cloud, LocalProject project) throws IOException {
    var tokens = new ArrayList<String>();
    for (int i = 0; i < World.people(); i++) {
      tokens.add(project.token(World.uid(i), Map.of()));
    }
    var signer = new SignedTokens();
    var running = new ArrayList<Service>();
    try {
      var ours = new TreeMap<String, Service>();
      for (Page page : pages()) {
        if (!ours.containsKey(page.function())) {
          Service service = ours(cloud, page.function());
          running.add(service);
          ours.put(page.function(), service);
        }
      }
      Service peer = null;
      if (!options.alone()) {
        peer =
            Service.peer(
                root,
                Map.of(
                    "REDIS_URL", cloud.redis().uri().toString(), "PUBLIC_KEY", signer.publicKey()));
        running.add(peer);
      }
      List<String> signed = tokens.stream().map(signer::signed).toList();
      for (Page page : pages()) {
        Service service = Objects.requireNonNull(ours.get(page.function()));
        var own = new Readers(service, page, tokens);
        var other = peer == null ? null : new Readers(peer, page, signed);
        copy(project, page, own, other);
        measure(page, own, other);
      }
    } finally {
      running.forEach(Service::close);
    }
  }

  private List<Page> pages() {
    return options.pages().stream().sorted().toList();
  }

  private Service ours(LocalCloud cloud, String function) throws IOException {
    var settings = new HashMap<String, String>();
    settings.put("FIRESIDE_ENV", "local");
    settings.put("GOOGLE_CLOUD_PROJECT", PROJECT);
    settings.put("REDIS_URL", cloud.redis().uri().toString());
    settings.put("FIRESTORE_EMULATOR_HOST", cloud.firestoreAddress());
    settings.put("PUBSUB_EMULATOR_HOST", cloud.pubsubAddress());
    settings.put("FIREBASE_AUTH_EMULATOR_HOST", cloud.auth().address());
    var java = new ArrayList<String>();
    // As Terraform does.
    if (jit(function) == Jit.C2) {
      java.add("-XX:TieredStopAtLevel=4");
    }
    java.addAll(options.javaOptions());
    return Service.ours(root, function, java, settings);
  }

  private Jit jit(String function) {
    if (options.jit() != null) {
      return options.jit();
    }
    return Manifests.load(HttpMain.class.getClassLoader()).stream()
        .filter(entry -> entry.name().equals(function))
        .findFirst()
        .map(EntryPoint::jit)
        .orElseThrow(() -> new IllegalStateException("No manifest has " + function));
  }

  /// What one reading came to.
  ///
  /// @param cpu what the server's process took of the processor
  private record Reading(Measurement measured, Duration cpu) {
    double cpuMicrosEach() {
      return cpu.toNanos() / 1e3 / Math.max(1, measured.latencies().count());
    }

    double millis(double quantile) {
      return measured.latencies().millis(quantile);
    }
  }

  /// A server's readers of one page, with a request for each.
  private static final class Readers {
    private final Service service;
    private final List<byte[]> requests = new ArrayList<>();

    Readers(Service service, Page page, List<String> tokens) {
      this.service = service;
      for (int i = 0; i < tokens.size(); i++) {
        String head =
            "GET "
                + page.path(i)
                + " HTTP/1.1\r\nHost: "
                + service.base().getAuthority()
                + "\r\n"
                + FORWARDED
                + (page.isPersonal() ? "Authorization: Bearer " + tokens.get(i) + "\r\n" : "")
                + "\r\n";
        requests.add(head.getBytes(StandardCharsets.US_ASCII));
      }
    }

    Reading read(int connections, int seconds) {
      Duration before = service.cpu();
      Measurement measured = load(connections, seconds);
      return new Reading(measured, service.cpu().minus(before));
    }

    private Measurement load(int connections, int seconds) {
      long end = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
      var random = ThreadLocalRandom.current();
      return new Load(service.base(), connections)
          .run(
              _ -> System.nanoTime() >= end ? null : requests.get(random.nextInt(requests.size())));
    }
  }

  /// Has every reader ask for the page once, which makes it warm, and gives the peer the very
  /// answers.
  private void copy(LocalProject project, Page page, Readers own, @Nullable Readers other)
      throws IOException {
    try (var ours = new HttpConnection(own.service.base())) {
      for (int i = 0; i < own.requests.size(); i++) {
        // Twice: the first may find things not warm yet, and answer as of another moment; the
        // second is kept.
        ours.exchange(own.requests.get(i));
        HttpConnection.Answer answer = ours.exchange(own.requests.get(i));
        if (answer.status() != 200) {
          throw new IllegalStateException(
              page.label() + " answers " + answer.status() + ": " + answer.text());
        }
        String key = "peer:" + page.label() + ":" + World.uid(i);
        project.platform().redis().call(client -> client.set(key, answer.text()));
      }
    }
    if (other != null) {
      try (var ours = new HttpConnection(own.service.base());
          var peers = new HttpConnection(other.service.base())) {
        // The last that was copied: what trends changes each minute.
        String mine = ours.exchange(own.requests.getLast()).text();
        String theirs = peers.exchange(other.requests.getLast()).text();
        if (!mine.equals(theirs)) {
          throw new IllegalStateException("The peer answers " + page.label() + " otherwise");
        }
      }
    }
  }

  private void measure(Page page, Readers own, @Nullable Readers other) {
    out.printf(
        Locale.ROOT,
        "%n%-9s %-9s %5s %10s %8s %8s %8s %9s %7s%n",
        "page",
        "server",
        "round",
        "requests/s",
        "p50 ms",
        "p99 ms",
        "CPU µs",
        "B/answer",
        "errors");
    if (options.warmup() > 0) {
      print(page, own, "warm", own.read(options.connections(), options.warmup()));
      if (other != null) {
        print(page, other, "warm", other.read(options.connections(), options.warmup()));
      }
    }
    var ratios = new EnumMap<Ratio, List<Double>>(Ratio.class);
    for (int round = 1; round <= options.rounds(); round++) {
      Reading mine = own.read(options.connections(), options.seconds());
      print(page, own, Integer.toString(round), mine);
      if (other != null) {
        Reading theirs = other.read(options.connections(), options.seconds());
        print(page, other, Integer.toString(round), theirs);
        for (Ratio ratio : Ratio.values()) {
          ratios.computeIfAbsent(ratio, _ -> new ArrayList<>()).add(ratio.of(mine, theirs));
        }
      }
    }
    ratios.forEach((ratio, values) -> print(page, ratio, values));
  }

  /// What of ours is divided by the same of the peer's.
  private enum Ratio {
    REQUESTS_PER_SECOND("requests/s"),
    P99("p99"),
    CPU("CPU per request");

    private final String label;

    Ratio(String label) {
      this.label = label;
    }

    double of(Reading mine, Reading theirs) {
      return switch (this) {
        case REQUESTS_PER_SECOND -> mine.measured().perSecond() / theirs.measured().perSecond();
        case P99 -> mine.millis(0.99) / theirs.millis(0.99);
        case CPU -> mine.cpuMicrosEach() / theirs.cpuMicrosEach();
      };
    }
  }

  private void print(Page page, Readers readers, String round, Reading reading) {
    Measurement measured = reading.measured();
    out.printf(
        Locale.ROOT,
        "%-9s %-9s %5s %10.0f %8.2f %8.2f %8.0f %9d %7d%n",
        page.label(),
        readers.service.name(),
        round,
        measured.perSecond(),
        reading.millis(0.5),
        reading.millis(0.99),
        reading.cpuMicrosEach(),
        measured.answerBytes(),
        measured.errors());
  }

  private void print(Page page, Ratio ratio, List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    out.printf(
        Locale.ROOT,
        "%-9s %s, ours : peer, pair by pair: min %.2f, median %.2f, max %.2f%n",
        page.label(),
        ratio.label,
        sorted.getFirst(),
        sorted.get(sorted.size() / 2),
        sorted.getLast());
  }
}

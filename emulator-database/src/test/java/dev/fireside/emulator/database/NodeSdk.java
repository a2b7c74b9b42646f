package dev.fireside.emulator.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/// The official JavaScript SDK, in Node processes of its own, for this module and those beside it.
/// Its version is pinned in `src/test/js/package-lock.json`; it is installed once into `target/js`,
/// where the scripts of both modules run.
public final class NodeSdk {
  static final int NODE_VERSION = 20;

  private static final Path MODULE = Path.of("..", "emulator-database");
  private static final Path SCRIPTS = MODULE.resolve("src/test/js");
  private static final Path OWN_SCRIPTS = Path.of("src/test/js");
  private static final Path HOME = MODULE.resolve("target/js");
  private static final Path LOCK = Path.of("package-lock.json");
  private static final int LIMIT_SECONDS = 120;
  private static final int SAID_MAX = 4_000;
  private static final Pattern VERSION = Pattern.compile("v(\\d+)\\..*");

  private NodeSdk() {}

  /// Runs a script to its end, which must be a success.
  public static void run(String script, String... arguments) throws Exception {
    Process process = start(script, arguments);
    try {
      String said = said(process);
      Assertions.assertEquals(0, process.exitValue(), said);
    } finally {
      process.destroyForcibly();
    }
  }

  /// Starts a script.
  public static Process start(String script, String... arguments) throws Exception {
    install();
    var command = new ArrayList<String>(List.of("node", script));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(HOME.toFile()).redirectErrorStream(true).start();
  }

  private static synchronized void install() throws Exception {
    requireNode();
    Files.createDirectories(HOME);
    // Modules may be tested beside each other, in processes of their own.
    try (FileChannel file =
            FileChannel.open(
                HOME.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock _ = file.lock()) {
      installAlone();
    }
  }

  private static void installAlone() throws Exception {
    copyScripts(SCRIPTS);
    copyScripts(OWN_SCRIPTS);
    Path installed = HOME.resolve(LOCK);
    if (Files.isDirectory(HOME.resolve("node_modules/firebase"))
        && Files.exists(installed)
        && Files.mismatch(installed, SCRIPTS.resolve(LOCK)) == -1) {
      return;
    }
    Files.copy(
        SCRIPTS.resolve("package.json"),
        HOME.resolve("package.json"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.copy(SCRIPTS.resolve(LOCK), installed, StandardCopyOption.REPLACE_EXISTING);
    Process npm =
        new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts")
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .start();
    String said = said(npm);
    Assertions.assertEquals(
        0, npm.exitValue(), () -> "`npm ci` cannot install the Firebase SDK:\n" + said);
  }

  private static void copyScripts(Path from) throws IOException {
    try (Stream<Path> scripts = Files.list(from)) {
      for (Path script : scripts.filter(each -> each.toString().endsWith(".mjs")).toList()) {
        Path copy = HOME.resolve(script.getFileName());
        // Another process may be reading it.
        if (Files.notExists(copy) || Files.mismatch(script, copy) != -1) {
          Files.copy(script, copy, StandardCopyOption.REPLACE_EXISTING);
        }
      }
    }
  }

  private static void requireNode() throws Exception {
    String needed =
        "These tests run the Firebase SDK in Node: install Node.js %d or newer (https://nodejs.org), with npm"
            .formatted(NODE_VERSION);
    try {
      Matcher version =
          VERSION.matcher(said(new ProcessBuilder("node", "--version").start()).strip());
      boolean fits = version.matches() && Integer.parseInt(version.group(1)) >= NODE_VERSION;
      Assertions.assertTrue(fits, needed);
    } catch (IOException e) {
      throw new UncheckedIOException(needed, e);
    }
  }

  private static String said(Process process) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Assertions.assertTrue(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS), said);
    return said.length() <= SAID_MAX ? said : said.substring(0, SAID_MAX) + " ...";
  }
}

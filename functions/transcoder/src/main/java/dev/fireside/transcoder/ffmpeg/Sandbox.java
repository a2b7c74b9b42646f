package dev.fireside.transcoder.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// How a program is started that reads what strangers sent: without a network where the system
/// allows that, with limits, and never outliving this JVM.
final class Sandbox {
  private static final long KIB = 1024;
  private static final int BLOCK_BYTES = 512;
  private static final int PROBE_SECONDS = 5;
  private static final Path SHELL = Path.of("/bin/sh");

  // Our end of the child's standard input closes when this JVM ends in any way, SIGKILL included;
  // the watcher then ends the child, whose process id `$$` stays that of the shell because of exec.
  // A limit that the system does not know (of memory, on macOS) is left out.
  private static final String WATCHED =
      """
      ulimit -c 0
      ulimit -v "$1" 2>/dev/null
      ulimit -f "$2" 2>/dev/null
      shift 2
      exec 3<&0
      ( ( cat <&3 >/dev/null; kill -9 $$ ) >/dev/null 2>&1 & )
      exec "$@" </dev/null 3<&-
      """;

  /// Opens a network namespace with nothing in it, as an ordinary user.
  private static final List<String> NO_NETWORK = List.of("unshare", "--map-root-user", "--net");

  private Sandbox() {}

  private static final class Network {
    static final List<String> PREFIX = works(NO_NETWORK) ? NO_NETWORK : List.of();
  }

  private static boolean works(List<String> prefix) {
    var command = new ArrayList<>(prefix);
    command.add("true");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(PROBE_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  static List<String> command(List<String> program, Limits limits) {
    if (!Files.exists(SHELL)) {
      return program;
    }
    var words =
        new ArrayList<>(
            List.of(
                SHELL.toString(),
                "-c",
                WATCHED,
                "sh",
                Long.toString(limits.memoryBytes() / KIB),
                Long.toString(Math.ceilDiv(limits.fileBytes(), BLOCK_BYTES))));
    words.addAll(Network.PREFIX);
    words.addAll(program);
    return words;
  }
}

package dev.fireside.transcoder.ffmpeg;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// Runs ffmpeg and ffprobe on files of one folder.
///
/// What they read is always a file under a name of ours, by its format: neither a playlist nor a
/// pattern in a name leads them to another file or into the network.
public final class Ffmpeg implements AutoCloseable {
  private static final int TAIL_LINES = 20;
  private static final int LINE_CHARS_MAX = 500;
  private static final int OUTPUT_CHARS_MAX = 4 * 1024 * 1024;
  private static final int SIGNALLED = 128;
  private static final int FILE_TOO_LARGE_SIGNAL = 25;

  /// ILL, ABRT, BUS, FPE, KILL and SEGV: errors of its own end it with higher numbers.
  private static final Set<Integer> SIGNALS = Set.of(4, 6, 7, 8, 9, 11);

  private static final String NOISE = "no version information available";

  private final Installation installation;
  private final ConcurrentHashMap.KeySetView<Process, Boolean> running =
      ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  public Ffmpeg(Installation installation) {
    this.installation = installation;
  }

  /// The encoder of H.264.
  public String encoder() {
    return installation.encoder();
  }

  /// What a run said.
  ///
  /// @param output its standard output
  /// @param messages its last messages
  public record Said(String output, String messages) {}

  /// Runs ffprobe in `folder`. Throws [FfmpegException].
  public Said probe(Path folder, List<String> arguments, Limits limits) {
    var command = new ArrayList<>(List.of(installation.ffprobe().toString(), "-hide_banner"));
    command.addAll(arguments);
    var output = new StringBuilder();
    String messages =
        run(
            folder,
            command,
            limits,
            line -> {
              if (output.length() < OUTPUT_CHARS_MAX) {
                output.append(line).append('\n');
              }
            });
    return new Said(output.toString(), messages);
  }

  /// Runs ffmpeg in `folder`, which overwrites files of it. Throws [FfmpegException].
  ///
  /// @param progress takes lines of its report, such as `out_time_us=1000000`
  /// @return its last messages
  public String convert(
      Path folder, List<String> arguments, Limits limits, Consumer<String> progress) {
    var command =
        new ArrayList<>(
            List.of(
                installation.ffmpeg().toString(),
                "-hide_banner",
                "-nostdin",
                "-nostats",
                "-y",
                "-progress",
                "pipe:1"));
    command.addAll(arguments);
    return run(folder, command, limits, progress);
  }

  private String run(Path folder, List<String> command, Limits limits, Consumer<String> lines) {
    Process process = start(folder, command, limits);
    try {
      var late = new AtomicBoolean();
      Thread.startVirtualThread(() -> killAfter(process, limits.time(), late));
      var tail = new ArrayDeque<String>();
      Thread messages =
          Thread.startVirtualThread(() -> read(process.getErrorStream(), line -> keep(tail, line)));
      read(process.getInputStream(), lines);
      int status = process.waitFor();
      messages.join();
      String said = String.join("\n", tail);
      if (status != 0) {
        throw new FfmpegException(kind(status, late.get()), "ended with " + status + ": " + said);
      }
      return said;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FfmpegException(FfmpegException.Kind.STOPPED, "interrupted");
    } finally {
      end(process);
      running.remove(process);
    }
  }

  private FfmpegException.Kind kind(int status, boolean late) {
    if (closed) {
      return FfmpegException.Kind.STOPPED;
    }
    if (late) {
      return FfmpegException.Kind.TOO_SLOW;
    }
    if (status == SIGNALLED + FILE_TOO_LARGE_SIGNAL) {
      return FfmpegException.Kind.TOO_MUCH;
    }
    return SIGNALS.contains(status - SIGNALLED)
        ? FfmpegException.Kind.KILLED
        : FfmpegException.Kind.FAILED;
  }

  private Process start(Path folder, List<String> command, Limits limits) {
    var builder = new ProcessBuilder(Sandbox.command(command, limits)).directory(folder.toFile());
    // Secrets of ours are none of its business.
    builder.environment().keySet().retainAll(List.of("PATH", "LANG", "SystemRoot"));
    builder.environment().putAll(installation.variables());
    try {
      Process process = builder.start();
      running.add(process);
      if (closed) {
        end(process);
      }
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + command.getFirst(), e);
    }
  }

  private static void killAfter(Process process, Duration limit, AtomicBoolean late) {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        late.set(true);
        end(process);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void end(Process process) {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void read(InputStream in, Consumer<String> lines) {
    try (var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.accept(line);
      }
    } catch (IOException e) {
      // The process was killed while we read: its status says so.
    }
  }

  private static void keep(Deque<String> tail, String line) {
    if (!line.contains(NOISE)) {
      tail.add(line.length() > LINE_CHARS_MAX ? line.substring(0, LINE_CHARS_MAX) : line);
      if (tail.size() > TAIL_LINES) {
        tail.remove();
      }
    }
  }

  /// Kills what runs.
  @Override
  public void close() {
    closed = true;
    running.forEach(Ffmpeg::end);
  }
}

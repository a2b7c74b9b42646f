package dev.fireside.emulator.process;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A real Redis server on this machine that keeps nothing: its data is gone when it ends.
public final class RedisProcess implements AutoCloseable {
  private static final String SERVICE = "redis";
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final int port;
  private final List<String> command;
  private ChildProcess child;

  private RedisProcess(int port, List<String> command) {
    this.port = port;
    this.command = command;
    this.child = launch();
  }

  /// Starts Redis on a free port.
  public static RedisProcess start() {
    return start(0);
  }

  /// Starts Redis on `port`, or on a free one for 0, and returns when it answers.
  public static RedisProcess start(int port) {
    return start(port, List.of());
  }

  static RedisProcess start(int port, List<String> options) {
    int claimed = Ports.claim(port, "Redis");
    List<String> command = new ArrayList<>();
    command.add(RedisBinary.find().toString());
    command.addAll(List.of("--port", Integer.toString(claimed), "--bind", Ports.HOST));
    command.addAll(List.of("--save", "", "--appendonly", "no"));
    command.addAll(options);
    return new RedisProcess(claimed, List.copyOf(command));
  }

  private ChildProcess launch() {
    Path directory = Directories.forChild(SERVICE, port);
    ChildProcess started = ChildProcess.start(SERVICE, port, directory, command);
    started.awaitReady(this::answers, START_LIMIT);
    return started;
  }

  private boolean answers() {
    try {
      return RedisConnection.ask(port, "PING").equals("PONG");
    } catch (IOException e) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  public URI uri() {
    return URI.create("redis://" + Ports.HOST + ":" + port);
  }

  synchronized long pid() {
    return child.pid();
  }

  public synchronized boolean isAlive() {
    return child.isAlive();
  }

  /// Ends the server with SIGKILL, as a crashed machine would.
  public synchronized void kill() {
    child.kill();
  }

  /// Starts an empty server on the same port, after [#kill] or in place of the running one.
  public synchronized void restart() {
    child.kill();
    child = launch();
  }

  @Override
  public synchronized void close() {
    child.close();
  }
}

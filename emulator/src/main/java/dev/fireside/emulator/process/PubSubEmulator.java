package dev.fireside.emulator.process;

import java.nio.file.Path;
import java.util.List;

/// Google's Pub/Sub emulator, for every project id.
public final class PubSubEmulator implements AutoCloseable {
  private static final String SERVICE = "pubsub";

  private final int port;
  private final ChildProcess child;

  private PubSubEmulator(int port, ChildProcess child) {
    this.port = port;
    this.child = child;
  }

  /// Starts the emulator on `port`, or on a free one for 0, and returns when it answers.
  public static PubSubEmulator start(int port) {
    int claimed = Ports.claim(port, "the Pub/Sub emulator");
    Path jar = EmulatorJar.PUBSUB.locate();
    List<String> arguments =
        List.of("-jar", jar.toString(), "--host=" + Ports.HOST, "--port=" + claimed);
    return new PubSubEmulator(claimed, JavaEmulator.start(SERVICE, claimed, arguments));
  }

  public int port() {
    return port;
  }

  /// `host:port`, the value of `PUBSUB_EMULATOR_HOST`.
  public String address() {
    return Ports.HOST + ":" + port;
  }

  public boolean isAlive() {
    return child.isAlive();
  }

  /// Ends the emulator with SIGKILL.
  public void kill() {
    child.kill();
  }

  @Override
  public void close() {
    child.kill();
  }
}

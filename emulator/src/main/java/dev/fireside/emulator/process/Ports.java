package dev.fireside.emulator.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/// TCP ports of this machine's loopback address.
public final class Ports {
  /// The address every service of the local cloud listens on.
  public static final String HOST = "127.0.0.1";

  // Below the ranges from which Linux and macOS take the ports of outgoing connections, so that a
  // port found free is not taken by somebody's connection before our service binds it; and low
  // enough for the cluster bus of Redis, which is 10,000 above.
  private static final int FIRST = 15_000;
  private static final int COUNT = 17_000;
  private static final int CONNECT_MS = 500;

  private static final AtomicInteger next =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private Ports() {}

  /// A port nobody listens on. Each call gives another one, so that several can be asked for before
  /// the first is bound.
  public static int free() {
    for (int i = 0; i < COUNT; i++) {
      int port = FIRST + Math.floorMod(next.getAndIncrement(), COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new StartUpException("no free port between " + FIRST + " and " + (FIRST + COUNT - 1));
  }

  public static boolean isFree(int port) {
    return canBind(port) && !answers(port);
  }

  /// The port to start `service` on: a free one for 0, otherwise the given one if nobody has it.
  public static int claim(int port, String service) {
    if (port == 0) {
      return free();
    }
    if (!isFree(port)) {
      throw new StartUpException(
          "%s cannot start: port %d of %s is taken by another process"
              .formatted(service, port, HOST));
    }
    return port;
  }

  static InetSocketAddress address(int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(HOST), port);
  }

  private static boolean canBind(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.ofLiteral(HOST))) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }

  // macOS lets a second process bind 127.0.0.1 while a first one listens on all addresses.
  private static boolean answers(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(address(port), CONNECT_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}

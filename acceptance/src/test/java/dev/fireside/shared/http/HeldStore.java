package dev.fireside.shared.http;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Stands between a process and the Firestore emulator, and can hold what comes back: a store that
/// has too much to do. Sees in the frames of HTTP/2 which calls were cancelled.
final class HeldStore implements AutoCloseable {
  private static final int PREFACE_BYTES = 24;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;

  private final ServerSocket server;
  private final String host;
  private final int port;
  private final List<Closeable> open = new CopyOnWriteArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger cancelled = new AtomicInteger();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition released = lock.newCondition();
  private boolean held;

  /// @param store `host:port` of the emulator
  HeldStore(String store) throws IOException {
    String[] parts = store.split(":", 2);
    this.host = parts[0];
    this.port = Integer.parseInt(parts[1]);
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.startVirtualThread(this::accept);
  }

  /// Where it is, as `host:port`.
  String address() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  /// From now on nothing comes back.
  void hold() {
    set(true);
  }

  /// What was held comes back, and all else.
  void release() {
    set(false);
  }

  private void set(boolean hold) {
    lock.lock();
    try {
      held = hold;
      released.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// How many calls have come.
  int begun() {
    return begun.get();
  }

  /// How often callers have cancelled a call; of one call it may come twice.
  int cancelled() {
    return cancelled.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = server.accept();
        var store = new Socket(host, port);
        open.add(client);
        open.add(store);
        Thread.startVirtualThread(() -> forward(client, store));
        Thread.startVirtualThread(() -> back(store, client));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void forward(Socket from, Socket to) {
    try {
      var in = new DataInputStream(from.getInputStream());
      OutputStream out = to.getOutputStream();
      byte[] preface = new byte[PREFACE_BYTES];
      in.readFully(preface);
      out.write(preface);
      while (true) {
        int lengthAndType = in.readInt();
        byte[] rest = new byte[5 + (lengthAndType >>> 8)];
        in.readFully(rest);
        switch (lengthAndType & 0xff) {
          case HEADERS -> begun.incrementAndGet();
          case RST_STREAM -> cancelled.incrementAndGet();
          default -> {
            // Passed on as it is.
          }
        }
        var frame = java.nio.ByteBuffer.allocate(4 + rest.length).putInt(lengthAndType).put(rest);
        out.write(frame.array());
        out.flush();
      }
    } catch (IOException e) {
      // Either side has closed.
    }
  }

  private void back(Socket from, Socket to) {
    byte[] bytes = new byte[8_192];
    try {
      for (int read = from.getInputStream().read(bytes); read >= 0; ) {
        awaitRelease();
        to.getOutputStream().write(bytes, 0, read);
        to.getOutputStream().flush();
        read = from.getInputStream().read(bytes);
      }
    } catch (IOException e) {
      // Either side has closed.
    }
  }

  private void awaitRelease() {
    lock.lock();
    try {
      while (held) {
        released.awaitUninterruptibly();
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    release();
    try {
      server.close();
      for (Closeable socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

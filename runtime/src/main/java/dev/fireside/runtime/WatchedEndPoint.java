package dev.fireside.runtime;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/// A connection that can be asked, while its request is being answered, whether the other side is
/// still there.
///
/// Jetty reads nothing while a request is answered, so it does not see the end that a client sends
/// by going. Looking means reading: what the client has sent of its next request meanwhile is kept
/// and handed out first.
final class WatchedEndPoint extends SocketChannelEndPoint {
  private static final int AHEAD_BYTES = 64;

  private final Executor executor;
  private final Object reading = new Object();
  private ByteBuffer ahead = BufferUtil.EMPTY_BUFFER;
  private boolean gone;

  WatchedEndPoint(
      SocketChannel channel,
      ManagedSelector selector,
      SelectionKey key,
      Scheduler scheduler,
      Executor executor) {
    super(channel, selector, key, scheduler);
    this.executor = executor;
  }

  /// Whether the client has closed its connection, or its side of it: as other servers do, we take
  /// that for no longer waiting.
  boolean isPeerGone() {
    synchronized (reading) {
      if (gone || !isOpen()) {
        return true;
      }
      if (ahead.hasRemaining() || isFillInterested()) {
        // Something came, or Jetty is waiting for it and sees for itself.
        return false;
      }
      ByteBuffer read = ByteBuffer.allocate(AHEAD_BYTES);
      try {
        gone = getChannel().read(read) < 0;
      } catch (IOException e) {
        gone = true;
      }
      ahead = read.flip();
      return gone;
    }
  }

  @Override
  public int fill(ByteBuffer buffer) throws IOException {
    synchronized (reading) {
      if (!ahead.hasRemaining()) {
        return super.fill(buffer);
      }
      int position = BufferUtil.flipToFill(buffer);
      int moved = BufferUtil.put(ahead, buffer);
      BufferUtil.flipToFlush(buffer, position);
      return moved;
    }
  }

  @Override
  protected void needsFillInterest() {
    synchronized (reading) {
      if (ahead.hasRemaining()) {
        // The network has no news of what is here already.
        executor.execute(getFillInterest()::fillable);
        return;
      }
    }
    super.needsFillInterest();
  }
}

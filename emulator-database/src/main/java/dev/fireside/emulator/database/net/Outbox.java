package dev.fireside.emulator.database.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelPromise;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is on its way to one client. Who reads too slowly is cut off.
@SuppressWarnings("FutureReturnValueIgnored") // What cannot be sent ends with its channel.
public final class Outbox {
  /// What may wait to be read by a client, in bytes: some values of the greatest size.
  static final long PENDING_MAX = 64L << 20;

  /// From which on a client is asked for nothing more, in bytes.
  private static final long FULL = PENDING_MAX / 4;

  /// What a message weighs beside its bytes while it waits.
  private static final long MESSAGE_WEIGHT = 500;

  private static final Logger log = LoggerFactory.getLogger(Outbox.class);

  private final Channel channel;
  private final AtomicLong pending = new AtomicLong();
  private volatile Runnable drained = () -> {};

  public Outbox(Channel channel) {
    this.channel = channel;
  }

  /// Has `listener` learn when the client has read something.
  public void onDrained(Runnable listener) {
    drained = listener;
  }

  /// Sends a message, or cuts the client off.
  ///
  /// @param bytes of the message
  public void send(Object message, long bytes) {
    if (!channel.isActive()) {
      return;
    }
    long size = bytes + MESSAGE_WEIGHT;
    if (pending.addAndGet(size) > PENDING_MAX) {
      log.info("A client that does not read is cut off");
      channel.close();
      return;
    }
    ChannelPromise sent = channel.newPromise();
    sent.addListener(_ -> {
      pending.addAndGet(-size);
      drained.run();
    });
    channel.writeAndFlush(message, sent);
  }

  /// Whether the client has far to go before it has read all.
  public boolean isFull() {
    return pending.get() > FULL;
  }

  /// The channel.
  public Channel channel() {
    return channel;
  }
}

package dev.fireside.benchmarks.realtime;

import dev.fireside.benchmarks.load.Latencies;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/// Clients in one room of a server, on one thread of this process.
final class Room implements AutoCloseable {
  private static final int FRAME_MAX = 1 << 20;
  private static final int RESPONSE_MAX = 65_536;
  private static final int CONNECTING_MAX = 64;
  private static final int WAIT_SECONDS = 120;

  /// Numbers of messages grow from room to room: what comes later is newer everywhere.
  private static final AtomicLong NUMBERS = new AtomicLong();

  private static final String TEXT = "Good evening from the benchmark! ".repeat(3);

  private final Protocol protocol;
  private final int port;
  private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
  private final List<Client> clients = new ArrayList<>();
  private final Map<Long, Sent> sent = new HashMap<>();
  private final RandomGenerator random = RandomGenerator.getDefault();
  private Latencies latencies = new Latencies();
  private long bytes;

  private static final class Sent {
    private final long at = System.nanoTime();
    private int receivers;
  }

  Room(Protocol protocol, int port) {
    this.protocol = protocol;
    this.port = port;
  }

  /// Has so many clients join. Throws [IllegalStateException] where they cannot.
  void join(int count) throws InterruptedException {
    var joined = new CountDownLatch(count);
    var connecting = new Semaphore(CONNECTING_MAX);
    for (int i = 0; i < count; i++) {
      if (!connecting.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IllegalStateException("Only " + (count - joined.getCount()) + " clients joined");
      }
      connect(() -> {
        joined.countDown();
        connecting.release();
      });
    }
    if (!joined.await(WAIT_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("Only " + (count - joined.getCount()) + " clients joined");
    }
  }

  private void connect(Runnable joined) {
    var handshake =
        WebSocketClientProtocolConfig.newBuilder()
            .webSocketUri(URI.create("ws://127.0.0.1:" + port + protocol.path()))
            .maxFramePayloadLength(FRAME_MAX)
            .handshakeTimeoutMillis(TimeUnit.SECONDS.toMillis(WAIT_SECONDS))
            .build();
    var bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    var client = new Client(protocol, channel, joined, Room.this::received);
                    clients.add(client);
                    channel
                        .pipeline()
                        .addLast(new Client.Bytes(count -> bytes += count))
                        .addLast(new HttpClientCodec())
                        .addLast(new HttpObjectAggregator(RESPONSE_MAX))
                        .addLast(new WebSocketClientProtocolHandler(handshake))
                        .addLast(client);
                  }
                });
    if (!bootstrap.connect("127.0.0.1", port).awaitUninterruptibly().isSuccess()) {
      throw new IllegalStateException("The server takes no more connections");
    }
  }

  private void received(long number) {
    Sent message = sent.get(number);
    if (message != null && ++message.receivers == clients.size()) {
      latencies.add(System.nanoTime() - message.at);
      sent.remove(number);
    }
  }

  /// What a time of talk came to.
  ///
  /// @param latencies from send to received by all
  /// @param bytesEach that a client received for one message
  /// @param lost messages that not all have received after some seconds
  record Talk(Latencies latencies, double bytesEach, int lost) {}

  /// Sends so many messages a second for some seconds, each from a client by chance.
  Talk talk(int perSecond, int seconds) throws InterruptedException {
    loop.submit(
            () -> {
              latencies = new Latencies();
              bytes = 0;
            })
        .await();
    long messages = (long) perSecond * seconds;
    long start = System.nanoTime();
    for (long i = 0; i < messages; i++) {
      long due = start + i * TimeUnit.SECONDS.toNanos(1) / perSecond;
      TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
      loop.execute(this::say);
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (missing() > 0 && System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(10);
    }
    int lost = missing();
    loop.submit(sent::clear).await();
    return new Talk(latencies, (double) bytes / clients.size() / messages, lost);
  }

  private int missing() throws InterruptedException {
    return loop.submit(sent::size).await().getNow();
  }

  private void say() {
    long number = NUMBERS.incrementAndGet();
    sent.put(number, new Sent());
    Client client = clients.get(random.nextInt(clients.size()));
    protocol.message(number, TEXT).forEach(client::send);
  }

  @Override
  public void close() {
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}

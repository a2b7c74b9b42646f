package dev.fireside.emulator.database;

import dev.fireside.emulator.database.auth.Tokens;
import dev.fireside.emulator.database.engine.Database;
import dev.fireside.emulator.database.engine.Databases;
import dev.fireside.emulator.database.engine.Journal;
import dev.fireside.emulator.database.engine.RulesFile;
import dev.fireside.emulator.database.engine.RulesText;
import dev.fireside.emulator.database.engine.Written;
import dev.fireside.emulator.database.rest.Rest;
import dev.fireside.emulator.database.tree.Json;
import dev.fireside.emulator.database.wire.Sockets;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A local Realtime Database. Clients find it by `FIREBASE_DATABASE_EMULATOR_HOST` (Admin SDKs),
/// `connectDatabaseEmulator` (client SDKs), or plain HTTP.
///
/// It serves any number of databases, by the `ns` of a request; each is made when it is first
/// named.
public final class DatabaseServer implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final int THREADS = 2;
  private static final int CONNECTIONS_WAITING_MAX = 4_096;

  /// The longest URL, and all headers of a request, in bytes: a path may have 32 keys of 768 bytes,
  /// each of them escaped.
  private static final int URL_MAX = 128 << 10;

  private static final int HEADERS_MAX = 32 << 10;
  private static final int CHUNK_MAX = 64 << 10;

  /// Clients send something every 45 s, and requests come whole: who is silent for longer is gone,
  /// whatever TCP says.
  private static final int IDLE_SECONDS_MAX = 120;

  private final RulesFile rules;
  private final Databases databases;
  private final Queue<Journal> journals = new ConcurrentLinkedQueue<>();
  private final EventLoopGroup loops;
  private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final int port;

  private DatabaseServer(DatabaseOptions options) {
    Clock clock = options.clock();
    this.rules = new RulesFile(options.rules());
    this.databases = new Databases(name -> database(name, options));
    var tokens = new Tokens(clock);
    String namespace = options.defaultNamespace();
    this.loops =
        new MultiThreadIoEventLoopGroup(
            THREADS, new DefaultThreadFactory("database", true), NioIoHandler.newFactory());
    var sockets = new Sockets(databases, namespace, tokens, clock);
    var rest = new Rest(databases, namespace, tokens, clock);
    Channel server =
        new ServerBootstrap()
            .group(loops)
            .channel(NioServerSocketChannel.class)
            .option(io.netty.channel.ChannelOption.SO_BACKLOG, CONNECTIONS_WAITING_MAX)
            .childOption(io.netty.channel.ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    channels.add(channel);
                    var bodies = rest.collector();
                    channel
                        .pipeline()
                        .addLast(new HttpServerCodec(URL_MAX, HEADERS_MAX, CHUNK_MAX))
                        .addLast(new IdleStateHandler(IDLE_SECONDS_MAX, 0, 0))
                        .addLast(bodies)
                        .addLast(sockets.upgrade())
                        .addLast(rest.handler(bodies));
                  }
                })
            .bind(new InetSocketAddress(InetAddress.ofLiteral(HOST), options.port()))
            .syncUninterruptibly()
            .channel();
    channels.add(server);
    rules.watch(loops.next(), databases);
    this.port = ((InetSocketAddress) server.localAddress()).getPort();
  }

  /// Starts a server. Throws [dev.fireside.emulator.database.rules.RulesException] for rules with a
  /// mistake, and an exception of Netty's when the port is taken.
  public static DatabaseServer start(DatabaseOptions options) {
    return new DatabaseServer(options);
  }

  private Database database(String name, DatabaseOptions options) {
    Journal journal = options.directory() == null ? null : Journal.open(options.directory(), name);
    if (journal != null) {
      journals.add(journal);
    }
    return new Database(name, options.clock(), rules.current(), journal);
  }

  public int port() {
    return port;
  }

  /// `host:port`, the value of `FIREBASE_DATABASE_EMULATOR_HOST`.
  public String address() {
    return HOST + ":" + port;
  }

  /// Gives a database rules of its own, from now on. Throws
  /// [dev.fireside.emulator.database.rules.RulesException] for rules with a mistake.
  public void rules(String namespace, String text) {
    RulesText parsed = RulesText.parse(text);
    Database database = databases.get(namespace);
    database.execute(() -> database.rules(parsed));
  }

  /// All data of a database, as Firebase exports it.
  public String export(String namespace) {
    return Json.text(databases.get(namespace).root(), Json.Format.EXPORT);
  }

  /// Puts the data of a file, as Firebase exports it, in place of all that a database has. Throws
  /// [IOException] when the file cannot be read, and
  /// [dev.fireside.emulator.database.tree.InvalidDataException] for data that no database can have.
  public void load(String namespace, java.nio.file.Path file) throws IOException {
    databases.get(namespace).load(Journal.parse(file));
  }

  /// Has `watcher` learn of every write to a database, in their order and before who wrote is
  /// answered. It must not wait.
  public void watch(String namespace, Consumer<Written> watcher) {
    databases.get(namespace).watch(watcher);
  }

  @Override
  public void close() {
    channels.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    databases.all().forEach(Database::finish);
    journals.forEach(Journal::close);
  }
}

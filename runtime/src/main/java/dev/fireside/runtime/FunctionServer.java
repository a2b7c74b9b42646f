package dev.fireside.runtime;

import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Environment;
import dev.fireside.shared.manifest.EntryPoint;
import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/// Serves functions over HTTP, each request on a virtual thread.
///
/// With a target everything goes to that one function, as on Cloud Run. Without one, HTTP functions
/// are found by path, and every function also under `/_functions/<name>`.
public final class FunctionServer implements AutoCloseable {
  /// How long a request in flight may go on once the server is being closed: Cloud Run kills after
  /// ten seconds.
  public static final Duration DRAIN = Duration.ofSeconds(8);

  /// The largest body that Eventarc or Pub/Sub deliver.
  private static final long REQUEST_BYTES_MAX = 10L * 1024 * 1024;

  private static final int HEADER_BYTES_MAX = 16 * 1024;
  private static final Duration IDLE_MAX = Duration.ofMinutes(2);
  private static final int PLATFORM_THREADS_MAX = 16;
  private static final int PLATFORM_THREADS_MIN = 2;
  private static final int ACCEPT_QUEUE = 1_024;

  private final Server server;
  private final ServerConnector connector;
  private final String host;

  private FunctionServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
    this.host = connector.getHost();
  }

  /// Makes the functions and listens. Throws [FunctionException] when one cannot be made or the
  /// target is none, and [IOException] when the port is taken.
  public static FunctionServer start(
      Platform platform, List<EntryPoint> entryPoints, ServerOptions options) throws IOException {
    var threads = new QueuedThreadPool(PLATFORM_THREADS_MAX, PLATFORM_THREADS_MIN);
    threads.setName("http");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    var server = new Server(threads);
    server.setErrorHandler(new Problems());
    server.setStopTimeout(DRAIN.toMillis());
    server.setHandler(chain(platform, entryPoints, options));
    var connector =
        new ServerConnector(server, 1, 1, new HttpConnectionFactory(http())) {
          @Override
          protected SocketChannelEndPoint newEndPoint(
              SocketChannel channel, ManagedSelector selector, SelectionKey key) {
            var connection =
                new WatchedEndPoint(channel, selector, key, getScheduler(), getExecutor());
            connection.setIdleTimeout(getIdleTimeout());
            return connection;
          }
        };
    connector.setHost(options.host());
    connector.setPort(options.port());
    connector.setReusePort(false);
    connector.setAcceptQueueSize(ACCEPT_QUEUE);
    connector.setIdleTimeout(IDLE_MAX.toMillis());
    server.addConnector(connector);
    var started = new FunctionServer(server, connector);
    started.listen();
    return started;
  }

  private static Handler chain(
      Platform platform, List<EntryPoint> entryPoints, ServerOptions options) {
    boolean production = platform.config().environment() == Environment.PRODUCTION;
    var graceful = new GracefulHandler();
    var probes = new Probes(platform.meters(), !production, graceful::isShutdown);
    Handler.Singleton last = append(probes, graceful);
    for (Handler.Singleton handler : options.inFront()) {
      last = append(last, handler);
    }
    if (!options.behindProxy()) {
      last = append(last, new ForwardedFor());
    }
    last = append(last, new SizeLimitHandler(REQUEST_BYTES_MAX, -1));
    last = append(last, new Compressions());
    last = append(last, new Waiting());
    last.setHandler(functions(platform, entryPoints, options, !production));
    return probes;
  }

  private static Handler functions(
      Platform platform, List<EntryPoint> entryPoints, ServerOptions options, boolean byName) {
    return options.target() == null
        ? new Router(platform, entryPoints, byName)
        : Functions.make(platform, Functions.find(entryPoints, options.target()));
  }

  private static Handler.Singleton append(Handler.Singleton chain, Handler.Singleton next) {
    chain.setHandler(next);
    return next;
  }

  private static HttpConfiguration http() {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(true);
    http.setRequestHeaderSize(HEADER_BYTES_MAX);
    // A connection from the front end brings requests of many callers: to keep their headers, each
    // with another token, costs more than to read them.
    http.setHeaderCacheSize(0);
    // Refuses %2F, // and the like: two readings of one path are how access checks are passed by.
    http.setUriCompliance(UriCompliance.DEFAULT);
    http.addCustomizer(FunctionServer::checkFraming);
    return http;
  }

  /// Refuses a body in a transfer coding that is not undone here, which would be read as it is sent
  /// (RFC 9112, 6.1).
  private static Request checkFraming(Request request, HttpFields.Mutable answer) {
    for (String coding : request.getHeaders().getValuesList(HttpHeader.TRANSFER_ENCODING)) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new HttpException.RuntimeException(
            HttpStatus.NOT_IMPLEMENTED_501, "Transfer-Encoding can only be chunked");
      }
    }
    return request;
  }

  private void listen() throws IOException {
    try {
      server.start();
    } catch (Exception e) {
      stopQuietly();
      if (e instanceof IOException io) {
        throw io;
      }
      throw new IllegalStateException("The server does not start", e);
    }
  }

  private void stopQuietly() {
    try {
      server.stop();
    } catch (Exception e) {
      // The caller's exception says what failed to start.
    }
  }

  /// The port it listens on.
  public int port() {
    return connector.getLocalPort();
  }

  /// Where it is to be called, such as `http://127.0.0.1:8080`.
  public String baseUrl() {
    return "http://" + host + ":" + port();
  }

  /// Waits until the server is closed.
  public void join() throws InterruptedException {
    server.join();
  }

  /// Takes no more requests, lets those in flight finish (for [#DRAIN] at most), and stops.
  @Override
  public void close() {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("The server does not stop", e);
    }
  }
}

package dev.fireside.emulator.events;

import dev.fireside.emulator.process.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.VirtualThreads;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where the Firestore emulator posts the events of all projects to. It answers as soon as an event
/// is in its queue: the emulator sends the next one only then.
public final class EventReceiver implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EventReceiver.class);
  private static final int BYTES_MAX = 16 * 1024 * 1024;
  private static final int PLATFORM_THREADS_MAX = 8;

  private final Map<String, EventSink> sinks = new ConcurrentHashMap<>();
  private final Server server;
  private final ServerConnector connector;

  private EventReceiver(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /// Listens on a free port of the loopback address.
  public static EventReceiver start() throws IOException {
    var threads = new QueuedThreadPool(PLATFORM_THREADS_MAX, 1);
    threads.setName("events");
    threads.setVirtualThreadsExecutor(VirtualThreads.getDefaultVirtualThreadsExecutor());
    var server = new Server(threads);
    var connector = new ServerConnector(server, 1, 1);
    connector.setHost(Ports.HOST);
    server.addConnector(connector);
    var receiver = new EventReceiver(server, connector);
    server.setHandler(receiver.new Posts());
    try {
      server.start();
    } catch (Exception e) {
      throw new IOException("The event receiver does not start", e);
    }
    return receiver;
  }

  /// `host:port`.
  public String address() {
    return Ports.HOST + ":" + connector.getLocalPort();
  }

  /// Sends what concerns a project to `sink` from now on.
  public void connect(String projectId, EventSink sink) {
    sinks.put(projectId, sink);
  }

  /// Lets what concerns a project fall from now on.
  public void disconnect(String projectId) {
    sinks.remove(projectId);
  }

  private final class Posts extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      byte[] body;
      try (InputStream in = Content.Source.asInputStream(request)) {
        body = in.readNBytes(BYTES_MAX);
      }
      List<String> path = List.of(Request.getPathInContext(request).split("/", -1));
      try {
        accept(path, headers(request), body);
      } catch (IllegalArgumentException e) {
        log.error("What was posted to {} is no event", path, e);
      }
      response.setStatus(204);
      callback.succeeded();
      return true;
    }
  }

  /// Paths are `/functions/projects/P/triggers/T`.
  private void accept(List<String> path, Map<String, String> headers, byte[] body) {
    if (path.size() == 6 && path.get(1).equals("functions")) {
      EventSink sink = sinks.get(path.get(3));
      if (sink != null) {
        sink.accept(path.get(5), headers, body);
      }
    }
  }

  private static Map<String, String> headers(Request request) {
    var headers = new HashMap<String, String>();
    request
        .getHeaders()
        .forEach(field ->
            headers.put(
                field.getName().toLowerCase(Locale.ROOT), String.valueOf(field.getValue())));
    return headers;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      log.warn("The event receiver does not stop", e);
    }
  }
}

package dev.fireside.emulator.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fireside.emulator.storage.disk.Buckets;
import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.firebase.FirebaseApi;
import dev.fireside.emulator.storage.firebase.RulesFile;
import dev.fireside.emulator.storage.http.Call;
import dev.fireside.emulator.storage.http.ClientGoneException;
import dev.fireside.emulator.storage.http.Exchanges;
import dev.fireside.emulator.storage.http.Reply;
import dev.fireside.emulator.storage.json.Batch;
import dev.fireside.emulator.storage.json.JsonApi;
import dev.fireside.emulator.storage.xml.SigningKeys;
import dev.fireside.emulator.storage.xml.XmlApi;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A local Cloud Storage: the JSON and XML APIs and Firebase's protocol on one port, objects on
/// disk.
public final class StorageServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StorageServer.class);
  private static final String HOST = "127.0.0.1";
  private static final int FULL = 507;

  private final HttpServer http;
  private final ExecutorService executor;
  private final Buckets buckets;
  private final JsonApi json;
  private final XmlApi xml;
  private final FirebaseApi firebase;

  private StorageServer(StorageOptions options, HttpServer http, ExecutorService executor)
      throws IOException {
    this.http = http;
    this.executor = executor;
    this.buckets = Buckets.open(options.folder(), options.clock(), options.listener());
    this.json = new JsonApi(buckets);
    this.xml = new XmlApi(buckets, options.clock());
    this.firebase =
        new FirebaseApi(buckets, rules(options.rules()), options.documents(), options.clock());
  }

  /// Starts a server. Throws [dev.fireside.emulator.storage.rules.RulesSyntaxException] for rules
  /// that cannot be read, and [IOException] where the port is taken.
  public static StorageServer start(StorageOptions options) throws IOException {
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral(HOST), options.port()), 0);
    try {
      var server = new StorageServer(options, http, executor);
      http.setExecutor(executor);
      http.createContext("/", server::handle);
      http.start();
      return server;
    } catch (IOException | RuntimeException e) {
      http.stop(0);
      executor.close();
      throw e;
    }
  }

  private static @Nullable RulesFile rules(@Nullable Path file) throws IOException {
    return file == null ? null : new RulesFile(file);
  }

  /// `host:port`.
  public String address() {
    return HOST + ":" + http.getAddress().getPort();
  }

  /// The objects.
  public Buckets buckets() {
    return buckets;
  }

  /// The service accounts whose signed URLs count.
  public SigningKeys signingKeys() {
    return xml.keys();
  }

  /// Lets everybody read the objects of a bucket, as where `allUsers` may view them.
  public void open(String bucket) {
    xml.open(bucket);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Call call = Exchanges.call(exchange);
      exchange.getResponseHeaders().putAll(Cors.headers(call));
      Exchanges.send(exchange, answer(call));
    }
  }

  private Reply answer(Call call) throws IOException {
    try {
      if (call.method().equals("OPTIONS")) {
        return Reply.empty(204);
      }
      if (call.path().equals(Batch.PATH)) {
        return Batch.answer(call, this::jsonReply);
      }
      if (call.path().startsWith(FirebaseApi.PATH)) {
        return firebase.answer(call);
      }
      return JsonApi.has(call.path()) ? jsonReply(call) : xml.answer(call);
    } catch (Refusal e) {
      return refused(e);
    } catch (ClientGoneException e) {
      throw e;
    } catch (EOFException | ZipException e) {
      return refused(Refusal.invalid("The body is shorter than it says, or not packed as it says"));
    } catch (IOException e) {
      return refused(full(e));
    } catch (RuntimeException e) {
      log.error("{} {} failed", call.method(), call.path(), e);
      return refused(new Refusal(500, "backendError", "A mistake of the storage emulator"));
    }
  }

  private Reply jsonReply(Call call) throws IOException {
    try {
      return json.answer(call);
    } catch (Refusal e) {
      return refused(e);
    }
  }

  /// No client can do anything about it; to try again would fill the disk of who is next.
  private static Refusal full(IOException e) {
    log.error("Objects cannot be written", e);
    return new Refusal(FULL, "insufficientStorage", "The disk of the storage emulator is full");
  }

  private static Reply refused(Refusal refusal) {
    if (refusal.status() == 304) {
      return new Reply(304, Map.of(), 0, _ -> {});
    }
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    ObjectNode error = body.putObject("error");
    error.put("code", refusal.status());
    error.put("message", String.valueOf(refusal.getMessage()));
    error
        .putArray("errors")
        .addObject()
        .put("domain", "global")
        .put("reason", refusal.reason())
        .put("message", String.valueOf(refusal.getMessage()));
    return Reply.json(refusal.status(), body);
  }

  @Override
  public void close() {
    http.stop(0);
    executor.close();
  }
}

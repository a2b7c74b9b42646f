package dev.fireside.emulator.auth;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.fireside.emulator.process.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/// A local Firebase Auth for the Admin SDK (`FIREBASE_AUTH_EMULATOR_HOST`), the client SDKs
/// (`connectAuthEmulator`) and tests ([#mintIdToken]).
///
/// It speaks Identity Toolkit for any number of projects and keeps everything in memory. A server's
/// request names its project in the path, and a refresh or ID token knows its own. A client's first
/// request has only an API key: the key is taken as the project's id where there is such a project,
/// and otherwise the default project is meant.
public final class AuthServer implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clock clock;
  private final Projects projects;
  private final HttpServer http;
  private final ExecutorService executor;

  private AuthServer(Clock clock, Projects projects, HttpServer http, ExecutorService executor) {
    this.clock = clock;
    this.projects = projects;
    this.http = http;
    this.executor = executor;
  }

  /// Starts a server.
  ///
  /// @param port the port to listen on, or 0 for a free one
  /// @param clock sets the times in tokens and users; SDKs that verify tokens go by the real time
  /// @param defaultProject the project of clients that do not name another
  public static AuthServer start(int port, Clock clock, String defaultProject) {
    int claimed = Ports.claim(port, "the Auth server");
    Projects projects = new Projects(defaultProject);
    ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    try {
      InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(Ports.HOST), claimed);
      HttpServer http = HttpServer.create(address, 0);
      http.setExecutor(executor);
      http.createContext("/", new AuthHandler(projects, clock));
      http.start();
      return new AuthServer(clock, projects, http, executor);
    } catch (IOException e) {
      executor.close();
      throw new UncheckedIOException("the Auth server cannot listen on port " + claimed, e);
    }
  }

  public int port() {
    return http.getAddress().getPort();
  }

  /// `host:port`, the value of `FIREBASE_AUTH_EMULATOR_HOST`.
  public String address() {
    return Ports.HOST + ":" + port();
  }

  /// Makes a project known, so that clients can name it with their API key.
  public void addProject(String projectId) {
    projects.get(projectId);
  }

  /// Has `listener` learn which users of a project are deleted, before whoever deletes one is
  /// answered; as in production, not of those who are deleted many at once.
  ///
  /// @param listener takes the user as events show it
  public void onDeleted(String projectId, Consumer<ObjectNode> listener) {
    Project project = projects.get(projectId);
    synchronized (project) {
      project.deleted = listener;
    }
  }

  /// An ID token for a user, who is created if need be.
  ///
  /// The claims are set in the token over what it would have, `firebase` being merged
  /// (`{"firebase": {"sign_in_second_factor": "totp"}}`). `roles` are also kept as the user's
  /// custom claim, as an administrator would have set them before the sign-in.
  public String mintIdToken(String projectId, String uid, Map<String, ?> claims) {
    ObjectNode given = JSON.valueToTree(claims);
    Project project = projects.get(projectId);
    Instant now = clock.instant();
    synchronized (project) {
      Account account = project.find(uid);
      if (account == null) {
        account = project.create(uid, now);
      }
      if (given.has("roles")) {
        ObjectNode custom = Claims.check(Claims.parse(account.customAttributes));
        account.customAttributes = custom.set("roles", given.get("roles")).toString();
      }
      account.lastLoginAt = now;
      Session session = new Session(uid, Session.CUSTOM, now.getEpochSecond());
      ObjectNode payload = IdTokens.payload(project, account, session, now);
      if (given.remove("firebase") instanceof ObjectNode firebase) {
        payload.withObject("/firebase").setAll(firebase);
      }
      payload.setAll(given);
      return IdTokens.unsigned(payload);
    }
  }

  /// Forgets the users and sign-ins of a project.
  public void reset(String projectId) {
    Project project = projects.get(projectId);
    synchronized (project) {
      project.clear();
    }
  }

  @Override
  public void close() {
    http.stop(0);
    executor.close();
  }
}

package dev.fireside.acceptance.rules;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.process.FirestoreEmulator;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;

/// Firestore as clients reach it: over REST, with an ID token or without, past the security rules.
final class RulesClient implements AutoCloseable {
  private static final String PROJECT = "demo-rules";

  private final FirestoreEmulator emulator;
  private final HttpClient http = HttpClient.newHttpClient();

  private RulesClient(FirestoreEmulator emulator) {
    this.emulator = emulator;
  }

  static RulesClient start(Path rules) {
    return new RulesClient(FirestoreEmulator.start(0, rules, null));
  }

  /// Deletes every document.
  void clear() {
    URI uri =
        URI.create(
            "http://"
                + emulator.address()
                + "/emulator/v1/projects/"
                + PROJECT
                + "/databases/(default)/documents");
    send(HttpRequest.newBuilder(uri).DELETE().build());
  }

  /// A server with the emulator's owner token, whom no rule holds.
  Caller asOwner() {
    return new Caller("Bearer owner");
  }

  /// A signed-in client; the emulator takes unsigned tokens.
  Caller as(String uid) {
    return new Caller(
        "Bearer "
            + part("{\"alg\":\"none\",\"typ\":\"JWT\"}")
            + "."
            + part(
                "{\"sub\":\"%s\",\"user_id\":\"%s\",\"aud\":\"%s\",\"iss\":\"https://securetoken.google.com/%s\",\"iat\":0,\"exp\":9999999999}"
                    .formatted(uid, uid, PROJECT, PROJECT))
            + ".");
  }

  /// A client that is not signed in.
  Caller anonymous() {
    return new Caller("");
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  private int send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    emulator.close();
    http.close();
  }

  /// Somebody who asks.
  final class Caller {
    private final String authorization;

    private Caller(String authorization) {
      this.authorization = authorization;
    }

    boolean reads(String path) {
      return isAllowed(send(request(path).GET().build()));
    }

    void write(String path, Map<String, String> fields) {
      if (!writes(path, fields)) {
        throw new IllegalStateException("Could not write " + path);
      }
    }

    boolean writes(String path, Map<String, String> fields) {
      ObjectNode body = Json.mapper().createObjectNode();
      ObjectNode values = body.putObject("fields");
      fields.forEach((name, value) -> values.putObject(name).put("stringValue", value));
      var publisher = HttpRequest.BodyPublishers.ofString(body.toString());
      return isAllowed(send(request(path).method("PATCH", publisher).build()));
    }

    boolean deletes(String path) {
      return isAllowed(send(request(path).DELETE().build()));
    }

    boolean lists(String collection, String field, String value) {
      return query(collection, filter(field, value));
    }

    boolean listsOwnPosts(String author) {
      return query(
          "posts",
          "{\"compositeFilter\":{\"op\":\"AND\",\"filters\":[%s,%s]}}"
              .formatted(filter("author", author), filter("status", "active")));
    }

    private String filter(String field, String value) {
      return "{\"fieldFilter\":{\"field\":{\"fieldPath\":\"%s\"},\"op\":\"EQUAL\",\"value\":{\"stringValue\":\"%s\"}}}"
          .formatted(field, value);
    }

    private boolean query(String collection, String where) {
      String body =
          "{\"structuredQuery\":{\"from\":[{\"collectionId\":\"%s\"}],\"where\":%s}}"
              .formatted(collection, where);
      return isAllowed(
          send(builder(":runQuery").POST(HttpRequest.BodyPublishers.ofString(body)).build()));
    }

    private HttpRequest.Builder request(String path) {
      return builder("/" + path);
    }

    private HttpRequest.Builder builder(String suffix) {
      URI uri =
          URI.create(
              "http://"
                  + emulator.address()
                  + "/v1/projects/"
                  + PROJECT
                  + "/databases/(default)/documents"
                  + suffix);
      var builder = HttpRequest.newBuilder(uri).header("Content-Type", "application/json");
      return authorization.isEmpty() ? builder : builder.header("Authorization", authorization);
    }

    private boolean isAllowed(int status) {
      if (status == 200) {
        return true;
      }
      if (status == 403) {
        return false;
      }
      throw new IllegalStateException("Firestore answered " + status);
    }
  }
}

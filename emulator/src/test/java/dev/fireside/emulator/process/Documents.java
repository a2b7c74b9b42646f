package dev.fireside.emulator.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/// Reads and writes documents with one field, `version`, over the emulator's REST interface.
record Documents(String address, String project) {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  void write(String path, long version) throws IOException, InterruptedException {
    int status = send(request("PATCH", path, version).header("Authorization", "Bearer owner"));
    if (status != 200) {
      throw new IOException("write of " + path + ": " + status);
    }
  }

  int writeAsStranger(String path) throws IOException, InterruptedException {
    return send(request("PATCH", path, 0));
  }

  boolean exists(String path) throws IOException, InterruptedException {
    return send(request("GET", path, 0).header("Authorization", "Bearer owner")) == 200;
  }

  private HttpRequest.Builder request(String method, String path, long version) {
    String uri =
        "http://%s/v1/projects/%s/databases/(default)/documents/%s"
            .formatted(address, project, path);
    String body = "{\"fields\": {\"version\": {\"integerValue\": %d}}}".formatted(version);
    return HttpRequest.newBuilder(URI.create(uri))
        .method(
            method,
            method.equals("GET")
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(body));
  }

  private static int send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return HTTP.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}

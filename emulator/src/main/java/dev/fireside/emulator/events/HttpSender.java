package dev.fireside.emulator.events;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// Posts events to a function, as Eventarc does.
///
/// @param http the client to send with
/// @param function where the function listens
/// @param timeout how long it may take
public record HttpSender(HttpClient http, URI function, Duration timeout) implements Sender {
  @Override
  public int send(Event event) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(function)
            .timeout(timeout)
            .POST(HttpRequest.BodyPublishers.ofByteArray(event.body().toByteArray()));
    event.headers().forEach(request::header);
    return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
  }
}

package dev.fireside.emulator.storage.json;

import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.http.Bodies;
import dev.fireside.emulator.storage.http.Call;
import dev.fireside.emulator.storage.http.Multipart;
import dev.fireside.emulator.storage.http.Reply;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/// Several calls of the JSON API in one request (<https://cloud.google.com/storage/docs/batch>).
public final class Batch {
  public static final String PATH = "/batch/storage/v1";

  private static final int CALLS_MAX = 100;
  private static final int CALL_BYTES_MAX = 1 << 20;

  private Batch() {}

  /// Answers one of the calls.
  public interface Calls {
    Reply answer(Call call) throws IOException;
  }

  /// Answers them all. Throws a 400 [Refusal] for a body that holds anything else.
  public static Reply answer(Call call, Calls calls) throws IOException {
    Multipart parts = Multipart.of(call, Bodies.plain(call));
    String boundary = "batch_" + UUID.randomUUID();
    var text = new StringBuilder();
    int count = 0;
    for (Optional<Multipart.Part> part = parts.next(); part.isPresent(); part = parts.next()) {
      count++;
      if (count > CALLS_MAX) {
        throw Refusal.invalid("A batch holds at most " + CALLS_MAX + " calls");
      }
      byte[] bytes = part.get().body().readNBytes(CALL_BYTES_MAX);
      Reply reply = calls.answer(parse(call, new String(bytes, StandardCharsets.UTF_8)));
      text.append("--").append(boundary).append("\r\nContent-Type: application/http\r\n");
      String id = part.get().headers().getOrDefault("content-id", "");
      if (!id.isEmpty()) {
        text.append("Content-ID: ").append(id.replaceFirst("<", "<response-")).append("\r\n");
      }
      text.append("\r\n");
      write(reply, text);
    }
    text.append("--").append(boundary).append("--\r\n");
    return Reply.text(200, "multipart/mixed; boundary=" + boundary, text.toString());
  }

  /// A request as text: its line, its headers, an empty line, its body.
  private static Call parse(Call batch, String text) {
    String[] halves = text.stripLeading().split("\r?\n\r?\n", 2);
    String[] lines = halves[0].split("\r?\n", -1);
    String[] words = lines[0].split(" ", -1);
    if (words.length < 2) {
      throw Refusal.invalid("A part of the batch is no request");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", batch.header("Host").orElse("localhost"));
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon > 0) {
        headers.put(
            lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
            lines[i].substring(colon + 1).strip());
      }
    }
    String target = words[1].replaceFirst("^https?://[^/]*", "");
    int question = target.indexOf('?');
    byte[] body =
        (halves.length < 2 ? "" : halves[1].stripTrailing()).getBytes(StandardCharsets.UTF_8);
    return new Call(
        words[0],
        question < 0 ? target : target.substring(0, question),
        question < 0 ? "" : target.substring(question + 1),
        headers,
        new ByteArrayInputStream(body));
  }

  private static void write(Reply reply, StringBuilder text) throws IOException {
    var body = new ByteArrayOutputStream();
    reply.body().writeTo(body);
    text.append("HTTP/1.1 ").append(reply.status()).append(" \r\n");
    reply
        .headers()
        .forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
    text.append("Content-Length: ").append(body.size()).append("\r\n\r\n");
    text.append(body.toString(StandardCharsets.UTF_8)).append("\r\n");
  }
}

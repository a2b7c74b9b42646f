package dev.fireside.emulator.storage.firebase;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.storage.disk.Attributes;
import dev.fireside.emulator.storage.disk.Bucket;
import dev.fireside.emulator.storage.disk.Buckets;
import dev.fireside.emulator.storage.disk.Conditions;
import dev.fireside.emulator.storage.disk.Expected;
import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.disk.StoredObject;
import dev.fireside.emulator.storage.disk.Upload;
import dev.fireside.emulator.storage.http.Bodies;
import dev.fireside.emulator.storage.http.Call;
import dev.fireside.emulator.storage.http.Reply;
import dev.fireside.emulator.storage.json.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;

/// Resumable uploads of Firebase's clients, by `X-Goog-Upload-*` headers.
final class FirebaseUploads {
  private static final String STATUS = "X-Goog-Upload-Status";

  private final Buckets buckets;
  private final Judge judge;

  FirebaseUploads(Buckets buckets, Judge judge) {
    this.buckets = buckets;
    this.judge = judge;
  }

  Reply begin(Call call, Caller caller, Bucket bucket) throws IOException {
    ObjectNode said = Bodies.json(call);
    String name = FirebaseApi.name(call, said);
    Attributes attributes = Resources.attributes(said, Attributes.NONE);
    if (attributes.contentType() == null) {
      attributes =
          attributes.withContentType(call.header("X-Goog-Upload-Header-Content-Type").orElse(null));
    }
    Long size = call.numberHeader("X-Goog-Upload-Header-Content-Length");
    Upload upload =
        buckets.begin(
            bucket,
            name,
            Tokens.kept(attributes, Attributes.NONE),
            Conditions.NONE,
            Resources.expected(said),
            size,
            caller.note());
    try {
      judge.upload(caller, bucket).check(upload.preview(), bucket.find(name, null).orElse(null));
    } catch (Refusal e) {
      buckets.cancel(upload);
      throw e;
    }
    String url =
        call.base()
            + call.path()
            + "?name="
            + Resources.encoded(name)
            + "&upload_id="
            + upload.id()
            + "&upload_protocol=resumable";
    return Reply.empty(200)
        .with("X-Goog-Upload-URL", url)
        .with("X-Goog-Upload-Control-URL", url)
        .with("X-Goog-Upload-Chunk-Granularity", Integer.toString(Upload.MULTIPLE))
        .with(STATUS, "active");
  }

  Reply goOn(Call call, String id) throws IOException {
    Upload upload = buckets.upload(id);
    List<String> commands =
        Arrays.stream(call.header("X-Goog-Upload-Command").orElse("").split(",", -1))
            .map(String::strip)
            .toList();
    if (commands.contains("query")) {
      return Reply.empty(200)
          .with(STATUS, upload.isFinished() ? "final" : "active")
          .with("X-Goog-Upload-Size-Received", Long.toString(upload.received()));
    }
    if (commands.contains("cancel")) {
      buckets.cancel(upload);
      return Reply.empty(200).with(STATUS, "cancelled");
    }
    boolean last = commands.contains("finalize");
    if (!last && !commands.contains("upload")) {
      throw Refusal.invalid("X-Goog-Upload-Command must be upload, finalize, query or cancel");
    }
    StoredObject object = upload.take(chunk(call, upload, commands, last), guard(upload));
    if (object == null) {
      if (upload.isFinished()) {
        throw new Refusal(410, "gone", "The object of this upload is gone");
      }
      if (last) {
        throw Refusal.invalid("Bytes are missing: %d are here".formatted(upload.received()));
      }
      return Reply.empty(200)
          .with(STATUS, "active")
          .with("X-Goog-Upload-Size-Received", Long.toString(upload.received()));
    }
    return Reply.json(200, FirebaseApi.shown(object)).with(STATUS, "final");
  }

  private static Upload.Chunk chunk(Call call, Upload upload, List<String> commands, boolean last) {
    long from =
        call.header("X-Goog-Upload-Offset")
            .map(text -> Call.number("X-Goog-Upload-Offset", text))
            .orElse(upload.received());
    InputStream bytes = commands.contains("upload") ? call.body() : InputStream.nullInputStream();
    return new Upload.Chunk(from, null, last, bytes, Expected.NONE);
  }

  /// Whoever began it goes on with it.
  private Bucket.Guard guard(Upload upload) {
    return judge.upload(Caller.ofNote(upload.note()), upload.bucket());
  }
}

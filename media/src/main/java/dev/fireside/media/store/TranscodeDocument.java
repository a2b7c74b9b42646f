package dev.fireside.media.store;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.Rendition;
import dev.fireside.media.domain.Transcode;
import dev.fireside.media.domain.TranscodeFailure;
import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Fields;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An order and its state as their document holds them: `transcodes/{rotated id}`.
public final class TranscodeDocument {
  /// Of [Transcode#id]s.
  public static final String COLLECTION = "transcodes";

  private static final double PROGRESS_UNITS = 1_000;

  private TranscodeDocument() {}

  /// The path of an order's document.
  public static String path(String id) {
    return COLLECTION + "/" + Ids.documentName(id);
  }

  private enum Kind {
    VIDEO,
    IMAGE,
    AUDIO
  }

  private enum State {
    QUEUED,
    RUNNING,
    DONE,
    FAILED
  }

  /// An order from its document. Throws [IllegalArgumentException] where it is none.
  public static Transcode parse(Document document) {
    Fields fields = document.fields();
    return new Transcode(
        Ids.fromDocumentName(document.id()),
        order(fields),
        state(fields),
        (int) fields.number("attempts"),
        (int) fields.number("starts"),
        fields.instant("dueAt").orElse(null),
        document.version());
  }

  private static TranscodeOrder order(Fields fields) {
    String source = fields.requiredText("source");
    return switch (fields.requiredOneOf("kind", Kind.class)) {
      case VIDEO -> new TranscodeOrder.Video(source, millis(fields, "coverAtMillis"));
      case IMAGE -> new TranscodeOrder.Image(source);
      case AUDIO -> new TranscodeOrder.Audio(source);
    };
  }

  private static @Nullable Duration millis(Fields fields, String name) {
    return fields.names().contains(name) ? Duration.ofMillis(fields.number(name)) : null;
  }

  private static TranscodeState state(Fields fields) {
    Made made = made(fields.map("made"));
    return switch (fields.requiredOneOf("state", State.class)) {
      case QUEUED -> new TranscodeState.Queued(made);
      case RUNNING ->
          new TranscodeState.Running(
              fields.requiredText("holder"),
              fields.instant("dueAt").orElse(Instant.EPOCH),
              fields.number("progress") / PROGRESS_UNITS,
              made);
      case DONE -> new TranscodeState.Done(made);
      case FAILED ->
          new TranscodeState.Failed(
              fields.oneOf("failure", TranscodeFailure.GAVE_UP),
              fields.text("detail").orElse(null),
              made);
    };
  }

  private static Made made(Fields fields) {
    return new Made(
        Duration.ofMillis(fields.number("durationMillis")),
        (int) fields.number("width"),
        (int) fields.number("height"),
        fields.maps("renditions").stream().map(TranscodeDocument::rendition).toList(),
        fields.texts("files"));
  }

  private static Rendition rendition(Fields fields) {
    return new Rendition(
        fields.requiredText("name"),
        (int) fields.number("width"),
        (int) fields.number("height"),
        fields.text("frameRate").orElse(""),
        fields.requiredText("codecs"),
        fields.number("bandwidth"),
        fields.number("averageBandwidth"),
        fields.number("bytes"),
        fields.number("headerBytes"),
        fields.number("indexBytes"));
  }

  /// The fields of a new order.
  static Map<String, Object> fields(String id, TranscodeOrder order, Instant now) {
    var fields = new HashMap<String, Object>();
    fields.put("id", id);
    fields.put("source", order.source());
    switch (order) {
      case TranscodeOrder.Video(_, Duration coverAt) -> {
        fields.put("kind", WireNames.of(Kind.VIDEO));
        if (coverAt != null) {
          fields.put("coverAtMillis", coverAt.toMillis());
        }
      }
      case TranscodeOrder.Image _ -> fields.put("kind", WireNames.of(Kind.IMAGE));
      case TranscodeOrder.Audio _ -> fields.put("kind", WireNames.of(Kind.AUDIO));
    }
    fields.putAll(fields(new TranscodeState.Queued(Made.NOTHING), now));
    fields.put("attempts", 0);
    fields.put("starts", 0);
    return fields;
  }

  /// The fields of a state, the obsolete ones as null.
  ///
  /// @param dueAt when a job is to be asked for; null for never
  static Map<String, @Nullable Object> fields(TranscodeState state, @Nullable Instant dueAt) {
    var fields = new HashMap<String, @Nullable Object>();
    fields.put("dueAt", dueAt);
    fields.put("made", fields(state.made()));
    switch (state) {
      case TranscodeState.Queued _ -> {
        fields.put("state", WireNames.of(State.QUEUED));
        fields.put("holder", null);
      }
      case TranscodeState.Running(String holder, _, double progress, _) -> {
        fields.put("state", WireNames.of(State.RUNNING));
        fields.put("holder", holder);
        fields.put("progress", Math.round(progress * PROGRESS_UNITS));
      }
      case TranscodeState.Done _ -> {
        fields.put("state", WireNames.of(State.DONE));
        fields.put("holder", null);
        fields.put("progress", Math.round(PROGRESS_UNITS));
      }
      case TranscodeState.Failed(TranscodeFailure failure, String detail, _) -> {
        fields.put("state", WireNames.of(State.FAILED));
        fields.put("holder", null);
        fields.put("failure", WireNames.of(failure));
        fields.put("detail", detail);
      }
    }
    return fields;
  }

  private static Map<String, Object> fields(Made made) {
    return Map.of(
        "durationMillis",
        made.duration().toMillis(),
        "width",
        made.width(),
        "height",
        made.height(),
        "renditions",
        made.renditions().stream().map(TranscodeDocument::fields).toList(),
        "files",
        made.files());
  }

  private static Map<String, Object> fields(Rendition rendition) {
    var fields = new HashMap<String, Object>();
    fields.put("name", rendition.name());
    fields.put("width", rendition.width());
    fields.put("height", rendition.height());
    fields.put("frameRate", rendition.frameRate());
    fields.put("codecs", rendition.codecs());
    fields.put("bandwidth", rendition.bandwidth());
    fields.put("averageBandwidth", rendition.averageBandwidth());
    fields.put("bytes", rendition.bytes());
    fields.put("headerBytes", rendition.headerBytes());
    fields.put("indexBytes", rendition.indexBytes());
    return fields;
  }
}

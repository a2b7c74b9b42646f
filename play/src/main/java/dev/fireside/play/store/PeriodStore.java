package dev.fireside.play.store;

import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodKind;
import dev.fireside.play.domain.PeriodRecord;
import dev.fireside.play.domain.PeriodState;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.shared.store.Fields;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is known of periods: `leaderboards/{board}/periods/{key}`.
public final class PeriodStore {
  private static final String GONE = "gone";

  private PeriodStore() {}

  /// The document of a period.
  public static String path(BoardId board, String key) {
    return BoardStore.path(board) + "/periods/" + key;
  }

  /// A period from its document.
  public static PeriodRecord parse(Document document) {
    Fields fields = document.fields();
    return new PeriodRecord(
        new Period(
            fields.requiredOneOf("kind", PeriodKind.class),
            document.id(),
            fields.instant("start").orElse(Instant.EPOCH),
            fields.instant("end").orElse(null)),
        fields.oneOf("state", PeriodState.OPEN),
        fields.number("size"),
        fields.number("entries"),
        (int) fields.number("chunks"),
        fields.number("rewardedThrough"),
        fields.instant("settledAt").orElse(null),
        fields.map("ended").instant("at").orElse(null));
  }

  /// The people who were deleted while the ranks of a period were being frozen, in which they may
  /// be still.
  public static List<Uid> gone(Document document) {
    return document.fields().texts(GONE).stream().map(Uid::new).toList();
  }

  /// Adds to the fields of a period's document that somebody was deleted.
  public static void addGone(Map<String, Object> fields, Uid uid) {
    fields.put(GONE, FieldChange.add(uid.value()));
  }

  /// Nobody is to be taken out of the ranks of a period any more.
  public static Map<String, Object> withoutGone() {
    return Map.of(GONE, FieldChange.clear());
  }

  /// The fields of an open period's document that change when a player is added.
  ///
  /// @param size how many players it has now
  public static Map<String, Object> sized(Period period, long size) {
    Map<String, Object> fields =
        fields(new PeriodRecord(period, PeriodState.OPEN, size, 0, 0, 0, null, null));
    fields.keySet().removeAll(List.of("entries", "chunks", "rewardedThrough"));
    return fields;
  }

  /// The fields of a period's document; that it was ended early is written by whoever ends it.
  public static Map<String, Object> fields(PeriodRecord record) {
    var fields = new HashMap<String, Object>();
    Period period = record.period();
    fields.put("key", period.key());
    fields.put("kind", WireNames.of(period.kind()));
    fields.put("start", period.start());
    if (period.end() != null) {
      fields.put("end", period.end());
    }
    fields.put("state", WireNames.of(record.state()));
    fields.put("size", record.size());
    fields.put("entries", record.entries());
    fields.put("chunks", (long) record.chunks());
    fields.put("rewardedThrough", record.rewardedThrough());
    if (record.settledAt() != null) {
      fields.put("settledAt", record.settledAt());
    }
    return fields;
  }
}

package dev.fireside.play.store;

import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Row;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The final ranks of periods, in rank order: `leaderboards/{board}/periods/{key}/chunks/{000000}`.
/// A chunk is never changed once its period is settled. Those who were hidden when it was frozen
/// have no rank; their rows are in chunks after all others.
public final class ChunkStore {
  /// Rows of a chunk; the last one of a period may have fewer.
  public static final int ROWS = 500;

  private final Documents documents;

  public ChunkStore(Platform platform) {
    this.documents = platform.documents();
  }

  /// The document of a chunk.
  ///
  /// @param index from 0: the first row's rank is `index * ROWS + 1`
  public static String path(BoardId board, String period, int index) {
    return "%s/chunks/%06d".formatted(PeriodStore.path(board, period), index);
  }

  /// The fields of a chunk's document.
  public static Map<String, Object> fields(List<Row> rows) {
    return Map.of("rows", rows.stream().map(ChunkStore::fields).toList());
  }

  /// Writes a chunk, whatever was there.
  public void write(BoardId board, String period, int index, List<Row> rows) {
    documents.set(path(board, period, index), fields(rows));
  }

  /// The rows of a chunk. Throws [IllegalStateException] where it is missing.
  public List<Row> read(BoardId board, String period, int index) {
    String path = path(board, period, index);
    Document document =
        documents.get(path).orElseThrow(() -> new IllegalStateException("There is no " + path));
    return document.fields().maps("rows").stream().map(ChunkStore::row).toList();
  }

  private static Map<String, Object> fields(Row row) {
    var fields = new HashMap<String, Object>();
    fields.put("uid", row.uid().value());
    fields.put("score", row.score());
    fields.put("subscore", row.subscore());
    fields.put("at", row.at());
    if (row.metadata() != null) {
      fields.put("metadata", row.metadata());
    }
    if (row.country() != null) {
      fields.put("country", row.country());
    }
    return fields;
  }

  private static Row row(Fields fields) {
    return new Row(
        new Uid(fields.requiredText("uid")),
        fields.number("score"),
        fields.number("subscore"),
        fields.number("at"),
        fields.text("metadata").orElse(null),
        fields.text("country").orElse(null));
  }
}

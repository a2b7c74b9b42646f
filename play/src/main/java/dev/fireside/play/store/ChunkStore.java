package dev.fireside.play.store;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Row;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.FieldChange;
import dev.fireside.shared.store.Fields;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/// The final ranks of periods, in rank order: `leaderboards/{board}/periods/{key}/chunks/{000000}`.
/// A chunk is never changed once its period is settled, but that people who were deleted are taken
/// out of their rows. Those who were hidden when it was frozen have no rank; their rows are in
/// chunks after all others.
public final class ChunkStore {
  /// Rows of a chunk; the last one of a period may have fewer.
  public static final int ROWS = 500;

  private static final String UIDS = "uids";

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
    return Map.of(
        "rows",
        rows.stream().map(ChunkStore::fields).toList(),
        UIDS,
        rows.stream().filter(row -> !row.isOfNobody()).map(row -> row.uid().value()).toList());
  }

  /// The paths of chunks that name somebody, of all periods.
  public List<String> naming(Uid uid, int limit) {
    return paths(documents.collectionGroup("chunks"), uid, limit);
  }

  /// The path of the chunk of a period that names somebody; empty where none does.
  public Optional<String> naming(BoardId board, String period, Uid uid) {
    String chunks = PeriodStore.path(board, period) + "/chunks";
    return paths(documents.collection(chunks), uid, 1).stream().findFirst();
  }

  private List<String> paths(Query chunks, Uid uid, int limit) {
    return documents
        .list(
            chunks
                .whereArrayContains(UIDS, uid.value())
                .select(FieldPath.documentId())
                .limit(limit))
        .stream()
        .map(Document::path)
        .toList();
  }

  /// Takes a person out of a chunk; the row stays, with its rank. The chunk is still found by
  /// [#naming], until [#forget].
  public void erase(String path, Uid uid) {
    change(
        path,
        chunk ->
            Map.of(
                "rows",
                chunk.fields().maps("rows").stream()
                    .map(row ->
                        row.text("uid").filter(uid.value()::equals).isPresent()
                            ? nobody(row)
                            : fields(row(row, 0)))
                    .toList()));
  }

  /// Once what was made of a chunk is gone too.
  public void forget(String path, Uid uid) {
    change(path, _ -> Map.of(UIDS, FieldChange.remove(uid.value())));
  }

  private void change(String path, Function<Document, Map<String, Object>> change) {
    documents.writeIfUnchanged(writes -> {
      documents.get(path).ifPresent(chunk -> writes.update(chunk, change.apply(chunk)));
      return path;
    });
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
    List<Fields> rows = document.fields().maps("rows");
    return IntStream.range(0, rows.size())
        .mapToObj(i -> row(rows.get(i), index * ROWS + i))
        .toList();
  }

  private static Map<String, Object> fields(Row row) {
    var fields = new HashMap<String, Object>();
    fields.put("score", row.score());
    fields.put("subscore", row.subscore());
    fields.put("at", row.at());
    if (!row.isOfNobody()) {
      fields.put("uid", row.uid().value());
    }
    if (row.metadata() != null) {
      fields.put("metadata", row.metadata());
    }
    if (row.country() != null) {
      fields.put("country", row.country());
    }
    return fields;
  }

  private static Map<String, Object> nobody(Fields row) {
    return fields(Row.ofNobody(0, row.number("score"), row.number("subscore"), row.number("at")));
  }

  private static Row row(Fields fields, int place) {
    long score = fields.number("score");
    long subscore = fields.number("subscore");
    long at = fields.number("at");
    Optional<String> uid = fields.text("uid");
    if (uid.isEmpty()) {
      return Row.ofNobody(place, score, subscore, at);
    }
    return new Row(
        new Uid(uid.get()),
        score,
        subscore,
        at,
        fields.text("metadata").orElse(null),
        fields.text("country").orElse(null));
  }
}

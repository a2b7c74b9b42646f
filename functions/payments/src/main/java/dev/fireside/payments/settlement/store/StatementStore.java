package dev.fireside.payments.settlement.store;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import dev.fireside.ledger.domain.Book;
import dev.fireside.payments.settlement.domain.Period;
import dev.fireside.payments.settlement.domain.Statement;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Maps;
import dev.fireside.shared.store.Times;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What stores settled: `settlements/{store}:{book}:{reference}`, beside Stripe's payouts.
public final class StatementStore {
  private static final String COLLECTION = "settlements";
  private static final String STATEMENT = "statement";
  private static final String RECORDED = "recorded";
  private static final String REVERSED = "reversed";

  private final Documents documents;

  public StatementStore(Documents documents) {
    this.documents = documents;
  }

  /// A settlement of either kind, to be shown.
  public record Row(String id, Fields fields) {
    /// Where it stands in the list.
    public String position() {
      return at().toEpochMilli() + ":" + id;
    }

    /// When the money arrived, or will.
    public Instant at() {
      return fields.instant("at").orElse(Instant.EPOCH);
    }
  }

  /// A statement inside a transaction; empty where there is none of that name.
  public Optional<Statement> find(Transaction transaction, String name) {
    return transaction
        .get(COLLECTION + "/" + name)
        .filter(document -> document.fields().text("kind").orElse("").equals(STATEMENT))
        .map(StatementStore::read);
  }

  /// The statements of a store and currency that stand, inside a transaction.
  public List<Statement> standing(Transaction transaction, String store, String currency) {
    return transaction
        .list(
            documents
                .collection(COLLECTION)
                .whereEqualTo("kind", STATEMENT)
                .whereEqualTo("store", store)
                .whereEqualTo("currency", currency)
                .whereEqualTo("status", RECORDED))
        .stream()
        .map(StatementStore::read)
        .toList();
  }

  /// Writes a statement.
  public void put(Transaction transaction, Statement statement, Instant now) {
    var fields = new HashMap<String, Object>();
    fields.put("kind", STATEMENT);
    fields.put("store", statement.store());
    fields.put("book", Book.LIVE.wireName());
    fields.put("reference", statement.reference());
    fields.put("period", statement.period().text());
    fields.put("currency", statement.currency());
    fields.put("gross", statement.gross());
    fields.put("commission", statement.commission());
    fields.put("tax", statement.tax());
    fields.put("paid", statement.paid());
    fields.put("expected", statement.expected());
    fields.put("difference", statement.difference());
    fields.put("status", statement.reversedBy() == null ? RECORDED : REVERSED);
    fields.put("at", statement.paidAt());
    fields.put("by", statement.by());
    Maps.put(fields, "reversedBy", statement.reversedBy());
    fields.put("updatedAt", now);
    transaction.set(COLLECTION + "/" + statement.name(), fields);
  }

  /// A settlement of either kind.
  public Optional<Row> find(String name) {
    return documents.get(COLLECTION + "/" + name).map(StatementStore::row);
  }

  /// One page of all settlements, by when the money arrived, the newest first.
  ///
  /// @param store of one store; null for all
  /// @param after the position that the page before ended with, or null
  public List<Row> list(Book book, @Nullable String store, @Nullable String after, int limit) {
    Query query = documents.collection(COLLECTION).whereEqualTo("book", book.wireName());
    if (store != null) {
      query = query.whereEqualTo("store", store);
    }
    query =
        query
            .orderBy("at", Query.Direction.DESCENDING)
            .orderBy(FieldPath.documentId(), Query.Direction.DESCENDING)
            .limit(limit);
    if (after != null) {
      int colon = after.indexOf(':');
      Instant at = Instant.ofEpochMilli(Long.parseLong(after.substring(0, colon)));
      query = query.startAfter(Times.timestamp(at), after.substring(colon + 1));
    }
    return documents.list(query).stream().map(StatementStore::row).toList();
  }

  private static Row row(Document document) {
    return new Row(document.id(), document.fields());
  }

  private static Statement read(Document document) {
    Fields fields = document.fields();
    return new Statement(
        fields.requiredText("store"),
        fields.requiredText("reference"),
        Period.parse(fields.requiredText("period")).orElseThrow(),
        fields.requiredText("currency"),
        fields.number("gross"),
        fields.number("commission"),
        fields.number("tax"),
        fields.number("paid"),
        fields.instant("at").orElse(Instant.EPOCH),
        fields.number("expected"),
        fields.requiredText("by"),
        fields.text("reversedBy").orElse(null));
  }
}

package dev.fireside.payments.reviews.store;

import dev.fireside.payments.reviews.domain.Alone;
import dev.fireside.payments.reviews.domain.Alone.Given;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// What people gave back alone: `refundsAlone/{uid}`.
public final class AloneStore {
  private static final String COLLECTION = "refundsAlone";

  /// What somebody gave back.
  public Alone find(Documents documents, String who) {
    return documents.get(path(who)).map(AloneStore::read).orElse(new Alone(List.of()));
  }

  /// The same inside a transaction.
  public Alone find(Transaction transaction, String who) {
    return transaction.get(path(who)).map(AloneStore::read).orElse(new Alone(List.of()));
  }

  /// Writes what somebody gave back; it is removed once nothing of it counts any more.
  public void put(Transaction transaction, String who, Alone alone, Instant now) {
    transaction.set(
        path(who),
        Map.of(
            "given", alone.given().stream().map(AloneStore::write).toList(),
            "deleteAt", now.plus(Alone.DAY)));
  }

  private static Map<String, Object> write(Given given) {
    return Map.of(
        "case", given.doubt(),
        "at", given.at(),
        "minor", given.minor(),
        "currency", given.currency());
  }

  private static Alone read(Document document) {
    return new Alone(document.fields().maps("given").stream().map(AloneStore::given).toList());
  }

  private static Given given(Fields fields) {
    return new Given(
        fields.requiredText("case"),
        fields.instant("at").orElse(Instant.EPOCH),
        fields.number("minor"),
        fields.requiredText("currency"));
  }

  private static String path(String who) {
    return COLLECTION + "/" + who;
  }
}

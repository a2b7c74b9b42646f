package dev.fireside.payments.purchases.store;

import com.google.cloud.firestore.FieldPath;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Digest;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Times;
import dev.fireside.shared.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What providers delivered: `webhooks/{provider:eventId}`, with the hash of the body, the body
/// encrypted, and what became of it. What is to take effect has an entry in
/// `deliveries/{provider:eventId}` until it has.
public final class DeliveryStore {
  /// Longer than a provider lets anybody send an event again (Stripe: 30 days).
  private static final Duration KEPT = Duration.ofDays(90);

  // Outcomes of what has not taken effect; documents hold them.
  private static final String RECEIVED = "received";
  private static final String REFUSED = "refused";

  private static final String COLLECTION = "webhooks";
  private static final String WAITING = "deliveries";
  private static final int STUCK_MAX = 500;
  private static final String FIELD = "#body";
  private static final Pattern PENDING = Pattern.compile("\"pending_webhooks\"\\s*:\\s*\\d+");

  private final Documents documents;
  private final Vault vault;

  public DeliveryStore(Documents documents, Vault vault) {
    this.documents = documents;
    this.vault = vault;
  }

  /// The deliveries of a platform.
  public static DeliveryStore of(Platform platform) {
    return new DeliveryStore(
        platform.documents(), new Vault(platform.documents(), platform.config(), platform.clock()));
  }

  /// A delivery that is being worked on.
  ///
  /// @param provider who sent it
  /// @param eventId the provider's id of the event
  /// @param type the provider's name of its type
  /// @param owner whose key the body is kept under
  /// @param body what came, as text
  public record Delivery(String provider, String eventId, String type, String owner, String body) {
    /// This, to be kept under somebody's key.
    public Delivery of(Uid person) {
      return new Delivery(provider, eventId, type, person.value(), body);
    }

    /// What came and does not even say which event it is: it goes by its body.
    public static Delivery unread(String provider, byte[] body) {
      String text = new String(body, StandardCharsets.UTF_8);
      return new Delivery(
          provider, "body:" + Digest.hex(text, Digest.BYTES), "unknown", Vault.HOUSE, text);
    }

    /// Hex SHA-256 of the body.
    ///
    /// Without what Stripe changes when it sends an event again: how many endpoints wait for it.
    public String hash() {
      return Digest.hex(PENDING.matcher(body).replaceAll(""), Digest.BYTES);
    }

    String path() {
      return DeliveryStore.path(provider, eventId);
    }
  }

  /// What is kept of a delivery.
  public record Row(String bodyHash, String outcome, Instant receivedAt) {
    /// Whether it has taken effect.
    public boolean isDone() {
      return !isReceived() && !isRefused();
    }

    /// Whether it is to take effect later.
    public boolean isReceived() {
      return outcome.equals(RECEIVED);
    }

    /// Whether it could not be read, or not by the code of then.
    public boolean isRefused() {
      return outcome.equals(REFUSED);
    }
  }

  /// Names a delivery that is to take effect.
  ///
  /// @param at when it was kept
  public record Waiting(String provider, String event, Instant at) {
    private String id() {
      return provider + ":" + event;
    }
  }

  /// A delivery that has not taken effect.
  ///
  /// @param reason why it was refused; empty where it was not
  /// @param body what came, as text; empty where the key that it was kept under is gone
  public record Stuck(
      String provider,
      String event,
      String type,
      String owner,
      String outcome,
      String reason,
      Instant receivedAt,
      String body) {
    /// Whether it could not be read.
    public boolean isRefused() {
      return outcome.equals(REFUSED);
    }
  }

  /// Up to [#STUCK_MAX] deliveries that have not taken effect.
  public List<Stuck> withoutEffect() {
    var query =
        documents
            .collection(COLLECTION)
            .whereIn("outcome", List.of(RECEIVED, REFUSED))
            .limit(STUCK_MAX);
    return documents.list(query).stream()
        .map(document -> {
          Fields fields = document.fields();
          return new Stuck(
              fields.requiredText("provider"),
              fields.requiredText("eventId"),
              fields.requiredText("type"),
              fields.requiredText("owner"),
              fields.requiredText("outcome"),
              fields.text("reason").orElse(""),
              fields.instant("receivedAt").orElse(Instant.EPOCH),
              body(document).orElse(""));
        })
        .toList();
  }

  /// What is kept of a delivery, by its provider's id.
  public Optional<Row> find(String provider, String eventId) {
    return documents.get(path(provider, eventId)).map(DeliveryStore::row);
  }

  /// What is kept of a delivery, if it came before.
  public Optional<Row> find(Delivery delivery) {
    return documents.get(delivery.path()).map(DeliveryStore::row);
  }

  /// What is kept of a delivery, for a transaction that may [#claim] it: the commit fails where
  /// others keep it meanwhile. One that is not kept is not locked, so that it can still be kept
  /// while the transaction hangs.
  public Optional<Row> find(Transaction transaction, Delivery delivery) {
    return find(delivery)
        .flatMap(row ->
            row.isDone()
                ? Optional.of(row)
                : transaction.get(delivery.path()).map(DeliveryStore::row));
  }

  private static Row row(Document document) {
    Fields fields = document.fields();
    return new Row(
        fields.text("bodyHash").orElse(""),
        fields.text("outcome").orElse(""),
        fields.instant("receivedAt").orElse(Instant.EPOCH));
  }

  /// Encrypts the body of a delivery; call it before the transaction.
  public Optional<byte[]> seal(Delivery delivery) {
    return vault.seal(
        delivery.owner(),
        delivery.path() + FIELD,
        delivery.body().getBytes(StandardCharsets.UTF_8));
  }

  /// Whether a person is gone, so that nothing of theirs is to be kept; inside a transaction.
  public boolean isGone(Transaction transaction, Uid person) {
    return vault.isShredded(transaction, person);
  }

  /// Claims a delivery, with what it led to.
  ///
  /// @param seen what [#find] found in the same transaction
  public void claim(
      Transaction transaction,
      Delivery delivery,
      Optional<byte[]> sealed,
      Optional<Row> seen,
      String outcome,
      Instant now) {
    Map<String, Object> fields =
        fields(delivery, sealed, outcome, seen.map(Row::receivedAt).orElse(now));
    if (seen.isEmpty()) {
      transaction.create(delivery.path(), fields);
    } else {
      transaction.set(delivery.path(), fields);
      transaction.delete(waiting(delivery));
    }
  }

  /// Keeps a delivery that is to take effect later, unless it has, or came with another body.
  ///
  /// @return what was kept of it before
  public Optional<Row> keepReceived(Delivery delivery, byte[] sealed, Instant now) {
    return keep(
        delivery,
        fields(delivery, Optional.of(sealed), RECEIVED, now),
        transaction ->
            transaction.set(
                waiting(delivery),
                Map.of("provider", delivery.provider(), "event", delivery.eventId(), "at", now)));
  }

  /// Keeps a delivery that cannot be read, unless it has taken effect, or came with another body.
  ///
  /// @param reason what is wrong with it, without anything that stands in it
  public void keepRefused(Delivery delivery, Optional<byte[]> sealed, String reason, Instant now) {
    Map<String, Object> fields = fields(delivery, sealed, REFUSED, now);
    fields.put("reason", reason);
    keep(delivery, fields, transaction -> transaction.delete(waiting(delivery)));
  }

  @CanIgnoreReturnValue
  private Optional<Row> keep(
      Delivery delivery, Map<String, Object> fields, Consumer<Transaction> more) {
    return documents.transact(transaction -> {
      Optional<Row> seen = transaction.get(delivery.path()).map(DeliveryStore::row);
      boolean open =
          seen.map(row ->
                  row.isRefused() || (row.isReceived() && row.bodyHash().equals(delivery.hash())))
              .orElse(true);
      if (open) {
        transaction.set(delivery.path(), fields);
        more.accept(transaction);
      }
      return seen;
    });
  }

  private static Map<String, Object> fields(
      Delivery delivery, Optional<byte[]> sealed, String outcome, Instant receivedAt) {
    var fields = new HashMap<String, Object>();
    fields.put("provider", delivery.provider());
    fields.put("eventId", delivery.eventId());
    fields.put("type", delivery.type());
    fields.put("owner", delivery.owner());
    fields.put("bodyHash", delivery.hash());
    sealed.ifPresent(bytes -> fields.put("body", bytes));
    fields.put("outcome", outcome);
    fields.put("receivedAt", receivedAt);
    fields.put("expireAt", receivedAt.plus(KEPT));
    return fields;
  }

  /// A delivery that is to take effect; empty where it has. Its body is empty where the key that it
  /// was kept under is gone.
  public Optional<Delivery> received(String provider, String eventId) {
    return documents
        .get(path(provider, eventId))
        .filter(document -> row(document).isReceived())
        .map(document ->
            new Delivery(
                provider,
                eventId,
                document.fields().requiredText("type"),
                document.fields().requiredText("owner"),
                body(document).orElse("")));
  }

  /// Up to `limit` deliveries that were kept before `end` and are still to take effect, the oldest
  /// first.
  ///
  /// @param after the one that the page before ended with, or null
  public List<Waiting> waitingSince(Instant end, @Nullable Waiting after, int limit) {
    var query =
        documents
            .collection(WAITING)
            .whereLessThan("at", Times.timestamp(end))
            .orderBy("at")
            .orderBy(FieldPath.documentId())
            .limit(limit);
    if (after != null) {
      query = query.startAfter(Times.timestamp(after.at()), after.id());
    }
    return documents.list(query).stream().map(DeliveryStore::waiting).toList();
  }

  /// A delivery that is to take effect, from its entry.
  public static Waiting waiting(Document entry) {
    Fields fields = entry.fields();
    return new Waiting(
        fields.requiredText("provider"),
        fields.requiredText("event"),
        fields.instant("at").orElse(Instant.EPOCH));
  }

  private static String waiting(Delivery delivery) {
    return WAITING + "/" + delivery.provider() + ":" + delivery.eventId();
  }

  /// The body of a delivery that was kept, as text.
  public Optional<String> body(String provider, String eventId) {
    return documents.get(path(provider, eventId)).flatMap(this::body);
  }

  private Optional<String> body(Document document) {
    Fields fields = document.fields();
    return (fields.values().get("body") instanceof byte[] sealed
            ? vault.open(fields.requiredText("owner"), document.path() + FIELD, sealed)
            : Optional.<byte[]>empty())
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  private static String path(String provider, String eventId) {
    return COLLECTION + "/" + provider + ":" + eventId;
  }
}

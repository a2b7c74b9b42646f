package dev.fireside.payments.purchases.store;

import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.ids.Digest;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Transaction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;
import java.util.regex.Pattern;

/// What providers delivered: `webhooks/{provider:eventId}`, with the hash of the body and the body
/// encrypted.
public final class DeliveryStore {
  /// Longer than a provider lets anybody send an event again (Stripe: 30 days).
  private static final Duration KEPT = Duration.ofDays(90);

  private static final String FIELD = "#body";
  private static final Pattern PENDING = Pattern.compile("\"pending_webhooks\"\\s*:\\s*\\d+");

  private final Documents documents;
  private final Vault vault;

  public DeliveryStore(Documents documents, Vault vault) {
    this.documents = documents;
    this.vault = vault;
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

    /// Hex SHA-256 of the body.
    ///
    /// Without what Stripe changes when it sends an event again: how many endpoints wait for it.
    public String hash() {
      return Digest.hex(PENDING.matcher(body).replaceAll(""), Digest.BYTES);
    }

    String path() {
      return "webhooks/" + provider + ":" + eventId;
    }
  }

  /// The hash of the body that an event came with before.
  public Optional<String> hashOf(Delivery delivery) {
    return documents.get(delivery.path()).map(DeliveryStore::hash);
  }

  /// The hash of the body that an event came with before, inside a transaction.
  public Optional<String> hashOf(Transaction transaction, Delivery delivery) {
    return transaction.get(delivery.path()).map(DeliveryStore::hash);
  }

  private static String hash(Document document) {
    return document.fields().text("bodyHash").orElse("");
  }

  /// Encrypts the body of a delivery; call it before the transaction.
  public Optional<byte[]> seal(Delivery delivery) {
    return vault.seal(
        delivery.owner(),
        delivery.path() + FIELD,
        delivery.body().getBytes(StandardCharsets.UTF_8));
  }

  /// Claims a delivery, with what it led to.
  public void create(
      Transaction transaction,
      Delivery delivery,
      Optional<byte[]> sealed,
      String outcome,
      Instant now) {
    var fields = new HashMap<String, Object>();
    fields.put("provider", delivery.provider());
    fields.put("eventId", delivery.eventId());
    fields.put("type", delivery.type());
    fields.put("owner", delivery.owner());
    fields.put("bodyHash", delivery.hash());
    sealed.ifPresent(bytes -> fields.put("body", bytes));
    fields.put("outcome", outcome);
    fields.put("receivedAt", now);
    fields.put("expireAt", now.plus(KEPT));
    transaction.create(delivery.path(), fields);
  }

  /// The body of a delivery that was kept, as text.
  public Optional<String> body(String provider, String eventId) {
    String path = "webhooks/" + provider + ":" + eventId;
    return documents
        .get(path)
        .map(Document::fields)
        .flatMap(fields ->
            fields.values().get("body") instanceof byte[] sealed
                ? vault.open(fields.requiredText("owner"), path + FIELD, sealed)
                : Optional.empty())
        .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
  }
}

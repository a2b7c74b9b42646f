package dev.fireside.payments.purchases.store;

import dev.fireside.ledger.domain.Book;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.shared.ids.Digest;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The providers' customers: `customers/{hash of the id}`, whom an id stands for and what was
/// transferred away from it.
public final class CustomerStore {
  private static final String COLLECTION = "customers";
  private static final int NAME_BYTES = 20;

  private final Documents documents;

  public CustomerStore(Documents documents) {
    this.documents = documents;
  }

  /// A customer; one nothing is known of where there is none.
  public Customer get(String id) {
    return documents
        .get(path(id))
        .map(document -> read(id, document.fields()))
        .orElseGet(() -> Customer.unknown(id));
  }

  /// A customer inside a transaction; one nothing is known of where there is none.
  public Customer get(Transaction transaction, String id) {
    return transaction
        .get(path(id))
        .map(document -> read(id, document.fields()))
        .orElseGet(() -> Customer.unknown(id));
  }

  /// Writes a customer.
  public void put(Transaction transaction, Customer customer, Instant now) {
    var fields = new HashMap<String, Object>();
    fields.put("id", customer.id());
    fields.put("updatedAt", now);
    if (customer.uid() != null) {
      fields.put("uid", customer.uid().value());
    }
    fields.put(
        "transfers",
        customer.transfers().stream()
            .map(transfer ->
                Map.of(
                    "event", transfer.event(),
                    "at", transfer.at(),
                    "store", transfer.store(),
                    "book", transfer.book().wireName(),
                    "to", transfer.to()))
            .toList());
    transaction.set(path(customer.id()), fields);
  }

  private static String path(String id) {
    return COLLECTION + "/" + Digest.hex(id, NAME_BYTES);
  }

  private static Customer read(String id, Fields fields) {
    List<Customer.Transfer> transfers =
        fields.maps("transfers").stream()
            .map(transfer ->
                new Customer.Transfer(
                    transfer.requiredText("event"),
                    transfer.number("at"),
                    transfer.requiredText("store"),
                    Book.of(transfer.requiredText("book")),
                    transfer.requiredText("to")))
            .toList();
    return new Customer(id, fields.text("uid").map(Uid::new).orElse(null), transfers);
  }
}

package dev.fireside.payouts.store;

import dev.fireside.payouts.domain.PayoutAccount;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Maps;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.Optional;

/// Creators' accounts at Stripe: `payoutAccounts/{uid}`.
public final class PayoutAccountStore {
  private static final String COLLECTION = "payoutAccounts";

  private final Documents documents;

  public PayoutAccountStore(Documents documents) {
    this.documents = documents;
  }

  /// A creator's account.
  public Optional<PayoutAccount> find(Uid uid) {
    return documents.get(COLLECTION + "/" + uid).map(PayoutAccountStore::read);
  }

  /// A creator's account inside a transaction.
  public Optional<PayoutAccount> find(Transaction transaction, Uid uid) {
    return transaction.get(COLLECTION + "/" + uid).map(PayoutAccountStore::read);
  }

  /// The creator's account that Stripe knows by this id.
  public Optional<PayoutAccount> byAccount(String account) {
    return documents
        .list(documents.collection(COLLECTION).whereEqualTo("account", account).limit(1))
        .stream()
        .findFirst()
        .map(PayoutAccountStore::read);
  }

  /// Writes an account.
  public void put(Transaction transaction, PayoutAccount account, Instant now) {
    var fields = new HashMap<String, Object>();
    fields.put("uid", account.uid().value());
    fields.put("account", account.account());
    fields.put("payoutsEnabled", account.payoutsEnabled());
    fields.put("transfersActive", account.transfersActive());
    fields.put("bank", account.bank());
    fields.put("connected", account.connected());
    fields.put("updatedAt", now);
    Maps.put(fields, "disabledReason", account.disabledReason());
    Maps.put(fields, "bankChangedAt", account.bankChangedAt());
    transaction.set(COLLECTION + "/" + account.uid(), fields);
  }

  /// Forgets a creator's account.
  public void delete(Uid uid) {
    documents.delete(COLLECTION + "/" + uid);
  }

  private static PayoutAccount read(Document document) {
    Fields fields = document.fields();
    return new PayoutAccount(
        new Uid(document.id()),
        fields.requiredText("account"),
        fields.flag("payoutsEnabled"),
        fields.flag("transfersActive"),
        fields.text("disabledReason").orElse(null),
        fields.text("bank").orElse(""),
        fields.instant("bankChangedAt").orElse(null),
        fields.flag("connected"));
  }
}

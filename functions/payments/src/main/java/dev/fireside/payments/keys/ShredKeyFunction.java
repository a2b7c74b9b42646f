package dev.fireside.payments.keys;

import dev.fireside.payments.store.PayoutAccountStore;
import dev.fireside.payments.store.Vault;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;

/// Deletes the key of a person who is gone: what was encrypted by it cannot be read by anybody any
/// more. The ledger stays whole, since its chains cover nothing that is encrypted. Their account
/// for payouts is forgotten; what they are still owed waits until it is linked again.
public final class ShredKeyFunction extends FirestoreFunction {
  private final Vault vault;
  private final PayoutAccountStore accounts;

  public ShredKeyFunction() {
    this(Platform.current());
  }

  ShredKeyFunction(Platform platform) {
    super(platform);
    this.vault = new Vault(platform.documents(), platform.config(), platform.clock());
    this.accounts = new PayoutAccountStore(platform.documents());
  }

  @Override
  protected void on(DocumentChange change) {
    boolean gone =
        change.after() == null
            || change.after().fields().text("status").filter("deleted"::equals).isPresent();
    if (gone && Uid.isValid(change.id())) {
      vault.shred(change.id());
      accounts.delete(change.id());
    }
  }
}

package dev.fireside.payments.vault;

import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;

/// Deletes the key of a person who is gone: what was encrypted by it cannot be read by anybody any
/// more. The ledger stays whole, since its chains cover nothing that is encrypted.
public final class ShredKeyFunction extends FirestoreFunction {
  private final Vault vault;

  public ShredKeyFunction() {
    this(Platform.current());
  }

  ShredKeyFunction(Platform platform) {
    super(platform);
    this.vault = new Vault(platform.documents(), platform.config(), platform.clock());
  }

  @Override
  protected void on(DocumentChange change) {
    boolean gone =
        change.after() == null
            || change.after().fields().text("status").filter("deleted"::equals).isPresent();
    if (gone && Uid.isValid(change.id())) {
      vault.shred(change.id());
    }
  }
}

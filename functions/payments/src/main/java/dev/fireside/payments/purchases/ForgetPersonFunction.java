package dev.fireside.payments.purchases;

import dev.fireside.payments.purchases.store.PurchaseFinder;
import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import java.time.Clock;

/// Deletes the key of a person who is gone: what was encrypted by it cannot be read by anybody any
/// more; and the hashes of the addresses that receipts of theirs went to. The ledger stays whole,
/// since its chains cover nothing that is encrypted.
public final class ForgetPersonFunction extends FirestoreFunction {
  private final Vault vault;
  private final PurchaseFinder purchases;
  private final Clock clock;

  public ForgetPersonFunction() {
    this(Platform.current());
  }

  ForgetPersonFunction(Platform platform) {
    super(platform);
    this.clock = platform.clock();
    this.vault = new Vault(platform.documents(), platform.config(), clock);
    this.purchases = new PurchaseFinder(platform.documents());
  }

  @Override
  protected void on(DocumentChange change) {
    boolean gone =
        change.after() == null
            || change.after().fields().text("status").filter("deleted"::equals).isPresent();
    if (gone && Uid.isValid(change.id())) {
      vault.shred(change.id());
      // No new one is kept from here on.
      purchases.forgetMails(new Uid(change.id()), clock.instant());
    }
  }
}

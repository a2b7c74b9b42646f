package dev.fireside.payouts;

import dev.fireside.payouts.store.PayoutAccountStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;

/// Forgets the account of a person who is gone; what they are still owed waits until it is linked
/// again.
public final class UserWrittenFunction extends FirestoreFunction {
  private final PayoutAccountStore accounts;

  public UserWrittenFunction() {
    this(Platform.current());
  }

  UserWrittenFunction(Platform platform) {
    super(platform);
    this.accounts = new PayoutAccountStore(platform.documents());
  }

  @Override
  protected void on(DocumentChange change) {
    boolean gone =
        change.after() == null
            || change.after().fields().text("status").filter("deleted"::equals).isPresent();
    if (gone && Uid.isValid(change.id())) {
      accounts.delete(new Uid(change.id()));
    }
  }
}

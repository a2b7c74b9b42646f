package dev.fireside.feed;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import org.jspecify.annotations.Nullable;

/// An account was suspended or deleted: what is kept about the person is forgotten.
public final class UserUpdatedFunction extends FirestoreFunction {
  private final RetirePerson retirePerson;

  public UserUpdatedFunction() {
    this(Platform.current());
  }

  UserUpdatedFunction(Platform platform) {
    super(platform);
    this.retirePerson = new RetirePerson(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    if (isActive(change.before()) && !isActive(change.after()) && Uid.isValid(change.id())) {
      retirePerson.retire(new Uid(change.id()));
    }
  }

  private static boolean isActive(@Nullable Document user) {
    return user != null && user.fields().text("status").orElse("active").equals("active");
  }
}

package dev.fireside.presence;

import dev.fireside.presence.domain.Audience;
import dev.fireside.presence.domain.Settings;
import dev.fireside.presence.store.SettingsStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import org.jspecify.annotations.Nullable;

/// Called when `presenceSettings/{uid}` was written: publishes what the person says they are doing,
/// and has those who watch ask anew where fewer may see it than before.
public final class SettingsWrittenFunction extends FirestoreFunction {
  private final Stores stores;
  private final CountPresence countPresence;

  public SettingsWrittenFunction() {
    this(Platform.current());
  }

  SettingsWrittenFunction(Platform platform) {
    super(platform);
    this.stores = new Stores(platform);
    this.countPresence = new CountPresence(stores, platform.clock());
  }

  @Override
  protected void on(DocumentChange change) {
    if (!Uid.isValid(change.id())) {
      return;
    }
    var uid = new Uid(change.id());
    stores.settings().refresh(uid);
    if (audience(change.after()).compareTo(audience(change.before())) > 0) {
      stores.watchers().endAll(uid);
    }
    if (change.after() != null) {
      countPresence.count(uid);
    }
  }

  private static Audience audience(@Nullable Document settings) {
    return (settings == null ? Settings.DEFAULT : SettingsStore.parse(settings)).audience();
  }
}

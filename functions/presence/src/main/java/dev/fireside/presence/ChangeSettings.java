package dev.fireside.presence;

import dev.fireside.presence.domain.Audience;
import dev.fireside.presence.domain.Settings;
import dev.fireside.presence.store.StatusTree;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Reads and changes what a person shows of their presence. The event of the change brings the
/// Realtime Database in line.
final class ChangeSettings {
  private final Stores stores;
  private final Clock clock;

  ChangeSettings(Stores stores, Clock clock) {
    this.stores = stores;
    this.clock = clock;
  }

  /// What to change.
  ///
  /// @param audience null to leave it
  /// @param activity null to leave it
  record Edit(@Nullable Audience audience, @Nullable Activity activity) {}

  /// An activity.
  ///
  /// @param text null for none
  record Activity(@Nullable String text) {}

  /// A person's own view.
  ///
  /// @param database the address of the database to connect to; null where the project has none
  /// @param path below which each connection has its node
  record Own(
      String visibility, @Nullable String activity, @Nullable String database, String path) {}

  Own read(Uid uid) {
    return own(uid, stores.settings().get(uid).orElse(Settings.DEFAULT));
  }

  Own change(Uid uid, Edit edit) {
    Instant now = clock.instant();
    return own(
        uid,
        stores
            .settings()
            .change(uid, before -> edited(before, edit, now))
            .orElseThrow(() ->
                ProblemException.conflict(
                    Reason.NO_PROFILE,
                    "You have no profile yet: create one with POST /api/users")));
  }

  private static Settings edited(Settings before, Edit edit, Instant now) {
    Activity activity = edit.activity();
    return new Settings(
        edit.audience() == null ? before.audience() : edit.audience(),
        activity == null ? before.activity() : activity.text(),
        activity == null ? before.activityAt() : now);
  }

  private Own own(Uid uid, Settings settings) {
    return new Own(
        WireNames.of(settings.audience()),
        settings.activity(),
        stores.tree().home(uid).url(),
        StatusTree.status(uid));
  }
}

package dev.fireside.presence.store;

import dev.fireside.presence.domain.Settings;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.Cache;
import dev.fireside.shared.cache.CachedDocuments;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.store.ProfileReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What people have chosen to show: `presenceSettings/{uid}`, and `presence:{uid}:settings` in
/// Redis (24 h).
public final class SettingsStore extends CachedDocuments<Uid, Settings> {
  private static final Duration TTL = Duration.ofHours(24);

  private final Documents documents;
  private final Cache<Settings> cache;

  public SettingsStore(Platform platform) {
    this(platform, platform.cache("presence:{}:settings", Settings.class, TTL, TTL));
  }

  private SettingsStore(Platform platform, Cache<Settings> cache) {
    super(platform.documents(), cache, SettingsStore::path, SettingsStore::parse);
    this.documents = platform.documents();
    this.cache = cache;
  }

  static String path(Uid uid) {
    return "presenceSettings/" + uid;
  }

  /// Settings from their document.
  public static Settings parse(Document document) {
    Fields fields = document.fields();
    return new Settings(
        fields.oneOf("visibility", Settings.DEFAULT.audience()),
        fields.text("activity").orElse(null),
        fields.instant("activityAt").orElse(Instant.EPOCH));
  }

  /// What is kept in Redis of a person; reads no document.
  public Settings known(Uid uid) {
    return cache.peek(uid.toString()).orElse(Settings.DEFAULT);
  }

  /// Changes the settings of a person; empty where they have no profile.
  public Optional<Settings> change(Uid uid, UnaryOperator<Settings> edit) {
    Optional<Settings> changed =
        documents.transact(transaction -> {
          var found = transaction.getAll(List.of(ProfileReader.path(uid), path(uid)));
          Document profile = found.get(ProfileReader.path(uid));
          if (profile == null || ProfileReader.parse(profile).status() != AccountStatus.ACTIVE) {
            return Optional.<Settings>empty();
          }
          Document before = found.get(path(uid));
          Settings after = edit.apply(before == null ? Settings.DEFAULT : parse(before));
          transaction.set(path(uid), fields(after));
          return Optional.of(after);
        });
    changed.ifPresent(_ -> refresh(uid));
    return changed;
  }

  private static Map<String, Object> fields(Settings settings) {
    var fields = new HashMap<String, Object>();
    fields.put("visibility", WireNames.of(settings.audience()));
    fields.put("activityAt", settings.activityAt());
    if (settings.activity() != null) {
      fields.put("activity", settings.activity());
    }
    return fields;
  }

  /// Forgets a person.
  public void delete(Uid uid) {
    documents.delete(path(uid));
  }
}

package dev.fireside.social.store;

import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.CachedDocuments;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Fields;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.domain.Profile;
import java.time.Duration;
import java.time.Instant;

/// Reads profiles, whatever their status: `user:{uid}:profile` in Redis (24 h), `users/{uid}` in
/// Firestore.
public final class ProfileReader extends CachedDocuments<Uid, Profile> {
  private static final Duration TTL = Duration.ofHours(24);
  private static final Duration FRESH = Duration.ofHours(1);

  public ProfileReader(Platform platform) {
    super(
        platform.documents(),
        platform.cache("user:{}:profile", Profile.class, TTL, FRESH),
        ProfileReader::path,
        ProfileReader::parse);
  }

  /// The document of a person.
  public static String path(Uid uid) {
    return "users/" + uid;
  }

  /// A profile from its document.
  public static Profile parse(Document document) {
    Fields fields = document.fields();
    Fields counts = fields.map("counts");
    return new Profile(
        new Uid(document.id()),
        fields.text("handle").orElse(""),
        fields.text("displayName").orElse(""),
        fields.text("bio").orElse(null),
        fields.text("avatarUrl").orElse(null),
        fields.oneOf("status", AccountStatus.ACTIVE),
        counts.number("followers"),
        counts.number("following"),
        counts.number("posts"),
        fields.instant("createdAt").orElse(Instant.EPOCH));
  }
}

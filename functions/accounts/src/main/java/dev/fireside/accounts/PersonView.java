package dev.fireside.accounts;

import dev.fireside.shared.auth.Role;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.domain.Relation;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person as an answer shows them; what is null is left out.
///
/// @param relation how a signed-in viewer stands to somebody else
/// @param status shown to the person only
/// @param roles shown to the person only: those of the token in use
record PersonView(
    Uid uid,
    String handle,
    String displayName,
    @Nullable String bio,
    @Nullable String avatarUrl,
    Counts counts,
    Instant createdAt,
    @Nullable RelationView relation,
    @Nullable String status,
    @Nullable List<String> roles) {

  record Counts(long followers, long following, long posts) {}

  /// @param followedBy whether the person follows the viewer; only stated for single people
  record RelationView(
      boolean follows, @Nullable Boolean followedBy, boolean mutes, boolean blockedByMe) {}

  /// Somebody else, or anybody to an anonymous viewer.
  static PersonView of(Profile profile, @Nullable RelationView relation) {
    return new PersonView(
        profile.uid(),
        profile.handle(),
        profile.displayName(),
        profile.bio(),
        profile.avatarUrl(),
        new Counts(profile.followers(), profile.following(), profile.posts()),
        profile.createdAt(),
        relation,
        null,
        null);
  }

  /// The person themselves.
  static PersonView own(Profile profile, Set<Role> roles) {
    PersonView plain = of(profile, null);
    return new PersonView(
        plain.uid,
        plain.handle,
        plain.displayName,
        plain.bio,
        plain.avatarUrl,
        plain.counts,
        plain.createdAt,
        null,
        WireNames.of(profile.status()),
        roles.stream().map(WireNames::of).sorted().toList());
  }

  /// How a viewer stands to somebody in a list.
  static RelationView inList(Relation relation, boolean blockedByMe) {
    return new RelationView(relation.follows(), null, relation.mutes(), blockedByMe);
  }
}

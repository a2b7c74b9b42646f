package dev.fireside.accounts;

import dev.fireside.accounts.domain.Handle;
import dev.fireside.accounts.domain.ProfileData;
import dev.fireside.accounts.domain.ProfileEdit;
import dev.fireside.accounts.domain.ProfileText;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.text.OneLine;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the bodies that this module takes.
final class ProfileBodies {
  /// Longer than any handle, so that the rule reported is that of handles.
  private static final int RAW_HANDLE_MAX = 100;

  private static final Handle STAND_IN = new Handle("stand_in");
  private static final int ROLES_MAX = 10;

  private ProfileBodies() {}

  static ProfileData profile(Input in) {
    return new ProfileData(handle(in), displayName(in), bio(in), avatarUrl(in));
  }

  static ProfileEdit edit(Input in) {
    return new ProfileEdit(
        in.has("handle") ? handle(in) : null,
        in.has("displayName") ? displayName(in) : null,
        in.has("bio") ? new ProfileEdit.Change(bio(in)) : null,
        in.has("avatarUrl") ? new ProfileEdit.Change(avatarUrl(in)) : null);
  }

  static Set<Role> roles(Input in) {
    if (in.isAbsent("roles")) {
      in.reject("roles", "is missing");
    }
    Set<Role> roles = EnumSet.noneOf(Role.class);
    List<String> names = in.texts("roles", ROLES_MAX, 1, 100);
    for (int i = 0; i < names.size(); i++) {
      var role = WireNames.find(Role.class, names.get(i));
      if (role.isPresent()) {
        roles.add(role.get());
      } else {
        in.reject("roles/" + i, "must be one of moderator, admin");
      }
    }
    return roles;
  }

  private static Handle handle(Input in) {
    String raw = in.text("handle", 1, RAW_HANDLE_MAX);
    if (raw.isEmpty()) {
      return STAND_IN;
    }
    String normal = Handle.normalised(raw);
    String fault = Handle.fault(normal);
    if (fault != null) {
      in.reject("handle", fault);
      return STAND_IN;
    }
    return new Handle(normal);
  }

  private static String displayName(Input in) {
    String name = in.text("displayName", 1, ProfileText.NAME_MAX);
    return name.isEmpty() ? name : checked(in, "displayName", name, OneLine.fault(name));
  }

  private static @Nullable String bio(Input in) {
    String bio = in.optionalText("bio", 0, ProfileText.BIO_MAX);
    return bio == null || bio.isEmpty() ? null : bio;
  }

  private static @Nullable String avatarUrl(Input in) {
    return in.optionalUrl("avatarUrl", ProfileText.URL_MAX);
  }

  private static String checked(Input in, String field, String value, @Nullable String fault) {
    if (fault != null) {
      in.reject(field, fault);
    }
    return value;
  }
}

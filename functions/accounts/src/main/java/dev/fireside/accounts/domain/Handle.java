package dev.fireside.accounts.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The unique name of a person, lower case and without `@`.
public record Handle(String value) {
  /// Fewest characters.
  public static final int LENGTH_MIN = 3;

  /// Most characters.
  public static final int LENGTH_MAX = 30;

  private static final Pattern FORM = Pattern.compile("[a-z0-9_.]*");
  private static final Pattern SEPARATORS = Pattern.compile("[_.]");

  /// Names that would be taken for a path, for us, or for everybody.
  private static final Set<String> RESERVED =
      Set.of(
          "about",
          "account",
          "accounts",
          "admin",
          "administrator",
          "all",
          "anonymous",
          "api",
          "app",
          "auth",
          "blocks",
          "bot",
          "contact",
          "deleted",
          "everyone",
          "explore",
          "false",
          "feed",
          "fireside",
          "followers",
          "following",
          "hashtag",
          "hashtags",
          "help",
          "here",
          "home",
          "login",
          "logout",
          "mail",
          "me",
          "mod",
          "moderation",
          "moderator",
          "mutes",
          "nobody",
          "none",
          "notifications",
          "null",
          "official",
          "owner",
          "post",
          "posts",
          "privacy",
          "root",
          "search",
          "security",
          "self",
          "settings",
          "signin",
          "signout",
          "signup",
          "staff",
          "status",
          "support",
          "suspended",
          "system",
          "team",
          "terms",
          "test",
          "trending",
          "true",
          "undefined",
          "unknown",
          "user",
          "users",
          "verified",
          "webmaster",
          "www");

  /// Takes more than [#fault] allows: a name may have been claimed before it was reserved.
  public Handle {
    if (value.isEmpty() || !FORM.matcher(value).matches()) {
      throw new IllegalArgumentException("Not a handle");
    }
  }

  /// The handle that somebody means by a text, if it has the form of one.
  public static Optional<Handle> of(String text) {
    String normal = normalised(text);
    return !normal.isEmpty() && normal.length() <= LENGTH_MAX && FORM.matcher(normal).matches()
        ? Optional.of(new Handle(normal))
        : Optional.empty();
  }

  /// The one form of all ways to write a handle: `＠Ann_A` is `ann_a`.
  public static String normalised(String text) {
    String normal = Normalizer.normalize(text.strip(), Normalizer.Form.NFKC);
    String bare = normal.startsWith("@") ? normal.substring(1) : normal;
    return bare.toLowerCase(Locale.ROOT);
  }

  /// What is wrong with a normalised handle, or null.
  public static @Nullable String fault(String normal) {
    if (normal.length() < LENGTH_MIN || normal.length() > LENGTH_MAX) {
      return "must be " + LENGTH_MIN + " to " + LENGTH_MAX + " characters long";
    }
    if (!FORM.matcher(normal).matches()) {
      return "must consist of letters a to z, digits, _ and .";
    }
    if (normal.startsWith(".") || normal.endsWith(".") || normal.contains("..")) {
      return "must not begin or end with a dot, or have two in a row";
    }
    if (normal.startsWith("__") && normal.endsWith("__")) {
      return "must not begin and end with two underscores";
    }
    String core = SEPARATORS.matcher(normal).replaceAll("");
    if (core.isEmpty()) {
      return "must have a letter or a digit";
    }
    return RESERVED.contains(core) ? "is reserved" : null;
  }

  @Override
  public String toString() {
    return value;
  }
}

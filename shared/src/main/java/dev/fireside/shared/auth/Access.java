package dev.fireside.shared.auth;

/// Who may call a route. The table of all routes is `docs/routes.md`.
public enum Access {
  /// Anybody; a token is optional, but one that is sent must be valid.
  PUBLIC,
  /// Everybody who signed in.
  USER,
  /// Moderators and admins.
  MODERATOR,
  /// Admins, with a second factor and from an allowed network where these are configured.
  ADMIN,
  /// A provider that signs what it sends; the handler verifies the signature over the raw body. No
  /// token is read (`Authorization` may be the provider's own) and no rate limit applies, since an
  /// event that is turned away may be lost.
  SIGNED
}

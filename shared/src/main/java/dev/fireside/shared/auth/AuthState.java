package dev.fireside.shared.auth;

/// What Firebase Auth says of an account at the moment, beyond any token.
///
/// @param validAfterSeconds tokens issued before this second since 1970 are revoked
/// @param disabled whether the account is suspended
/// @param exists whether there is such an account
/// @param asOfMillis when Firebase Auth was asked, in milliseconds since 1970
public record AuthState(
    long validAfterSeconds, boolean disabled, boolean exists, long asOfMillis) {}

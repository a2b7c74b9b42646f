package dev.fireside.emulator.auth;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What an update changes, checked as a whole before any of it is applied. Absent means unchanged.
record Changes(
    @Nullable String email,
    @Nullable Password password,
    @Nullable String phoneNumber,
    @Nullable String customAttributes) {

  static Changes check(Call call, Account account) {
    String claims = call.text("customAttributes");
    if (!call.admin()) {
      IdentityException.check(claims == null, "INSUFFICIENT_PERMISSION");
      IdentityException.check(call.text("disableUser") == null, "OPERATION_NOT_ALLOWED");
    }
    String email = call.text("email");
    String password = call.text("password");
    String phoneNumber = call.admin() ? call.text("phoneNumber") : null;
    return new Changes(
        email == null || email.equalsIgnoreCase(account.email)
            ? null
            : call.project().checkEmail(email, account),
        password == null ? null : Password.of(password),
        phoneNumber == null ? null : call.project().checkPhoneNumber(phoneNumber, account),
        claims == null ? null : Claims.check(claims));
  }

  /// Whether earlier sign-ins end: the user proves who they are by other means now.
  boolean endSessions() {
    return email != null || password != null;
  }

  void apply(Call call, Account account) {
    Instant now = call.now();
    if (email != null) {
      account.email = email;
      account.emailVerified = false;
      account.validSinceSeconds = now.getEpochSecond();
    }
    if (password != null) {
      account.setPassword(password, now);
    }
    if (call.text("displayName") != null) {
      account.setDisplayName(call.text("displayName"));
    }
    if (call.text("photoUrl") != null) {
      account.setPhotoUrl(call.text("photoUrl"));
    }
    if (call.admin()) {
      applyAdminOnly(call, account);
    }
  }

  private void applyAdminOnly(Call call, Account account) {
    if (phoneNumber != null) {
      account.phoneNumber = phoneNumber;
    }
    if (customAttributes != null) {
      account.customAttributes = customAttributes;
    }
    if (call.text("emailVerified") != null) {
      account.emailVerified = call.flag("emailVerified");
    }
    if (call.text("disableUser") != null) {
      account.disabled = call.flag("disableUser");
    }
    JsonNode validSince = call.body().path("validSince");
    if (!validSince.isMissingNode()) {
      account.validSinceSeconds = validSince.asLong();
    }
  }
}

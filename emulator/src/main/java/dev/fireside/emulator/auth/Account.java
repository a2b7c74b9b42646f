package dev.fireside.emulator.auth;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One user. Only touched under the lock of its [Project].
final class Account {
  final String uid;
  final Instant createdAt;
  @Nullable String email;
  @Nullable String displayName;
  @Nullable String photoUrl;
  @Nullable String phoneNumber;
  @Nullable Password password;
  boolean emailVerified;
  boolean disabled;
  boolean customAuth;

  /// The custom claims as JSON text, which is how the interface carries them.
  String customAttributes = "{}";

  /// Tokens of sign-ins before this second are revoked.
  long validSinceSeconds;

  @Nullable Instant lastLoginAt;
  @Nullable Instant lastRefreshAt;
  @Nullable Instant passwordUpdatedAt;

  Account(String uid, Instant createdAt) {
    this.uid = uid;
    this.createdAt = createdAt;
    this.validSinceSeconds = createdAt.getEpochSecond();
  }

  void setPassword(Password changed, Instant now) {
    password = changed;
    passwordUpdatedAt = now;
    validSinceSeconds = now.getEpochSecond();
  }

  /// An empty name is no name.
  void setDisplayName(@Nullable String changed) {
    displayName = changed == null || changed.isEmpty() ? null : changed;
  }

  void setPhotoUrl(@Nullable String changed) {
    photoUrl = changed == null || changed.isEmpty() ? null : changed;
  }

  /// The user as `accounts:lookup` shows it. 64-bit numbers are strings there.
  ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("localId", uid);
    putIfSet(json, "email", email);
    if (email != null) {
      json.put("emailVerified", emailVerified);
    }
    putIfSet(json, "displayName", displayName);
    putIfSet(json, "photoUrl", photoUrl);
    putIfSet(json, "phoneNumber", phoneNumber);
    json.put("disabled", disabled);
    json.put("customAuth", customAuth);
    json.put("customAttributes", customAttributes);
    json.put("validSince", Long.toString(validSinceSeconds));
    json.put("createdAt", Long.toString(createdAt.toEpochMilli()));
    if (lastLoginAt != null) {
      json.put("lastLoginAt", Long.toString(lastLoginAt.toEpochMilli()));
    }
    if (lastRefreshAt != null) {
      json.put("lastRefreshAt", lastRefreshAt.toString());
    }
    if (passwordUpdatedAt != null) {
      json.put("passwordUpdatedAt", passwordUpdatedAt.toEpochMilli());
    }
    json.set("providerUserInfo", providers());
    return json;
  }

  /// The user as events show it.
  ObjectNode toEvent() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("uid", uid);
    putIfSet(json, "email", email);
    json.put("emailVerified", emailVerified);
    putIfSet(json, "displayName", displayName);
    putIfSet(json, "photoURL", photoUrl);
    putIfSet(json, "phoneNumber", phoneNumber);
    json.put("disabled", disabled);
    json.set("customClaims", Claims.parse(customAttributes));
    ObjectNode metadata = json.putObject("metadata").put("createTime", createdAt.toString());
    if (lastLoginAt != null) {
      metadata.put("lastSignInTime", lastLoginAt.toString());
    }
    return json;
  }

  ArrayNode providers() {
    ArrayNode providers = JsonNodeFactory.instance.arrayNode();
    if (email != null && password != null) {
      ObjectNode provider = providers.addObject().put("providerId", "password");
      provider.put("email", email).put("federatedId", email).put("rawId", email);
      putIfSet(provider, "displayName", displayName);
      putIfSet(provider, "photoUrl", photoUrl);
    }
    if (phoneNumber != null) {
      providers
          .addObject()
          .put("providerId", "phone")
          .put("phoneNumber", phoneNumber)
          .put("rawId", phoneNumber);
    }
    return providers;
  }

  private static void putIfSet(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}

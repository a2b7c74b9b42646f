package dev.fireside.emulator.auth;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// A sign-in: what a refresh token stands for.
///
/// @param claims what this sign-in adds to the claims of the user, as a custom token may
record Session(String uid, String provider, long authTimeSeconds, ObjectNode claims) {
  static final String ANONYMOUS = "anonymous";
  static final String CUSTOM = "custom";
  static final String PASSWORD = "password";

  Session {
    claims = claims.deepCopy();
  }

  Session(String uid, String provider, long authTimeSeconds) {
    this(uid, provider, authTimeSeconds, JsonNodeFactory.instance.objectNode());
  }
}

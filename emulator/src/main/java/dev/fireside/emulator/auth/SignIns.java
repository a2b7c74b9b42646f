package dev.fireside.emulator.auth;

import static dev.fireside.emulator.auth.IdentityException.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The ways a client gets an ID token.
final class SignIns {
  private static final String CUSTOM_TOKEN_AUDIENCE =
      "https://identitytoolkit.googleapis.com/google.identity.identitytoolkit.v1.IdentityToolkit";

  private SignIns() {}

  /// Makes an anonymous user, one with e-mail and password, or turns the first into the second.
  static ObjectNode signUp(Call call) {
    check(call.text("localId") == null, "UNEXPECTED_PARAMETER : User ID");
    if (call.text("email") == null
        && call.text("password") == null
        && call.text("idToken") == null) {
      Account account = call.project().create(null, call.now());
      return answer(call, account, Session.ANONYMOUS);
    }
    String email = call.text("email", "MISSING_EMAIL");
    String password = call.text("password", "MISSING_PASSWORD");
    String checkedEmail = call.project().checkEmail(email, null);
    Password checkedPassword = Password.of(password);
    Account account =
        call.text("idToken") == null ? call.project().create(null, call.now()) : call.caller();
    account.email = checkedEmail;
    account.setPassword(checkedPassword, call.now());
    String displayName = call.text("displayName");
    if (displayName != null) {
      account.setDisplayName(displayName);
    }
    return answer(call, account, Session.PASSWORD);
  }

  static ObjectNode withPassword(Call call) {
    String email = call.text("email", "MISSING_EMAIL");
    String password = call.text("password", "MISSING_PASSWORD");
    Account account = call.project().findByEmail(email);
    if (account == null) {
      throw new IdentityException("EMAIL_NOT_FOUND");
    }
    check(!account.disabled, "USER_DISABLED");
    check(account.password != null && account.password.matches(password), "INVALID_PASSWORD");
    return answer(call, account, Session.PASSWORD).put("registered", true);
  }

  /// Takes custom tokens of any signer, or none: there is no key here to check them with.
  static ObjectNode withCustomToken(Call call) {
    ObjectNode token = IdTokens.decode(call.text("token", "MISSING_CUSTOM_TOKEN"));
    if (token == null || !token.path("aud").asText().equals(CUSTOM_TOKEN_AUDIENCE)) {
      throw new IdentityException("INVALID_CUSTOM_TOKEN : Invalid assertion format or audience");
    }
    String uid = token.path("uid").asText(token.path("user_id").asText());
    check(!uid.isEmpty(), "MISSING_IDENTIFIER");
    JsonNode claims = token.path("claims");
    ObjectNode checked =
        claims.isMissingNode() ? JsonNodeFactory.instance.objectNode() : Claims.check(claims);
    Account account = call.project().find(uid);
    boolean isNew = account == null;
    if (account == null) {
      account = call.project().create(uid, call.now());
    }
    check(!account.disabled, "USER_DISABLED");
    account.customAuth = true;
    Session session = new Session(uid, Session.CUSTOM, call.now().getEpochSecond(), checked);
    account.lastLoginAt = call.now();
    return issue(call, account, session).put("isNewUser", isNew);
  }

  /// Trades a refresh token for a fresh ID token.
  static ObjectNode refresh(Call call) {
    check(
        call.text("grant_type", "MISSING_GRANT_TYPE").equals("refresh_token"),
        "INVALID_GRANT_TYPE");
    String refreshToken = call.text("refresh_token", "MISSING_REFRESH_TOKEN");
    Session session = call.project().session(refreshToken);
    if (session == null) {
      throw new IdentityException("INVALID_REFRESH_TOKEN");
    }
    Account account = call.project().get(session.uid());
    check(!account.disabled, "USER_DISABLED");
    check(session.authTimeSeconds() >= account.validSinceSeconds, "TOKEN_EXPIRED");
    account.lastRefreshAt = call.now();
    String idToken = token(call, account, session);
    return JsonNodeFactory.instance
        .objectNode()
        .put("id_token", idToken)
        .put("access_token", idToken)
        .put("refresh_token", refreshToken)
        .put("expires_in", Long.toString(IdTokens.LIFE_SECONDS))
        .put("token_type", "Bearer")
        .put("user_id", account.uid)
        .put("project_id", call.project().id);
  }

  /// Signs the user in and returns who it is.
  static ObjectNode answer(Call call, Account account, String provider) {
    account.lastLoginAt = call.now();
    Session session = new Session(account.uid, provider, call.now().getEpochSecond());
    ObjectNode answer = issue(call, account, session).put("localId", account.uid);
    if (account.email != null) {
      answer.put("email", account.email);
    }
    if (account.displayName != null) {
      answer.put("displayName", account.displayName);
    }
    return answer;
  }

  private static ObjectNode issue(Call call, Account account, Session session) {
    account.lastRefreshAt = call.now();
    return JsonNodeFactory.instance
        .objectNode()
        .put("idToken", token(call, account, session))
        .put("refreshToken", call.project().open(session))
        .put("expiresIn", Long.toString(IdTokens.LIFE_SECONDS));
  }

  private static String token(Call call, Account account, Session session) {
    return IdTokens.unsigned(IdTokens.payload(call.project(), account, session, call.now()));
  }
}

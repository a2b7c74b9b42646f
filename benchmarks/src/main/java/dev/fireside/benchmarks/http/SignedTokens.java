package dev.fireside.benchmarks.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;

/// Tokens for the peer, signed as Google signs ID tokens: RS256. Those of ours come from the local
/// Auth server, which signs none; either way a signature is checked once a token.
final class SignedTokens {
  private static final int KEY_BITS = 2_048;
  private static final Base64.Encoder URL = Base64.getUrlEncoder().withoutPadding();

  private final KeyPair keys;

  SignedTokens() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(KEY_BITS);
      this.keys = generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The public key, in PEM.
  String publicKey() {
    return "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
  }

  /// A token with the claims of one of ours.
  ///
  /// @param unsigned a token whose payload is taken over
  String signed(String unsigned) {
    String payload = unsigned.split("\\.", -1)[1];
    String head = encoded("{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"benchmark\"}");
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update((head + "." + payload).getBytes(StandardCharsets.US_ASCII));
      return head + "." + payload + "." + URL.encodeToString(signature.sign());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String json) {
    return URL.encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }
}

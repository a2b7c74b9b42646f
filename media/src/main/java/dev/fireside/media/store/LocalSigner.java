package dev.fireside.media.store;

import com.google.auth.ServiceAccountSigner;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// Signs as an account that the local Cloud Storage knows.
final class LocalSigner implements ServiceAccountSigner {
  private final String account;
  private final PrivateKey key;

  /// @param key RSA, PKCS #8 in base64
  LocalSigner(String account, String key) {
    this.account = account;
    try {
      this.key =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key)));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("No RSA key", e);
    }
  }

  @Override
  public String getAccount() {
    return account;
  }

  @Override
  public byte[] sign(byte[] toSign) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(key);
      signature.update(toSign);
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

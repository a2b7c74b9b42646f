package dev.fireside.uploads.links;

import dev.fireside.shared.config.Config;
import dev.fireside.shared.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Signs addresses for Cloud CDN (<https://cloud.google.com/cdn/docs/using-signed-urls>), which
/// takes only HMAC-SHA1.
///
/// @param base where it serves, such as `https://cdn.example.com`
/// @param name of the key there
record CdnKey(String base, String name, SecretKeySpec key) {
  private static final String ALGORITHM = "HmacSHA1";

  /// The key of the settings; empty where media is not served by a CDN. Throws [ConfigException]
  /// where only a part is set.
  static Optional<CdnKey> of(Config config) {
    Optional<String> base = config.text("MEDIA_CDN_BASE");
    Optional<String> name = config.text("MEDIA_CDN_KEY_NAME");
    Optional<String> key = config.text("MEDIA_CDN_KEY");
    if (base.isEmpty() && name.isEmpty() && key.isEmpty()) {
      return Optional.empty();
    }
    if (base.isEmpty() || name.isEmpty() || key.isEmpty()) {
      throw new ConfigException(
          List.of("MEDIA_CDN_BASE, MEDIA_CDN_KEY_NAME and MEDIA_CDN_KEY must be set together"));
    }
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(key.get().strip());
      return Optional.of(
          new CdnKey(
              base.get().replaceAll("/+$", ""), name.get(), new SecretKeySpec(bytes, ALGORITHM)));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(List.of("MEDIA_CDN_KEY must be base64url of 16 bytes"));
    }
  }

  /// The address of an object until an instant.
  String signed(String object, Instant until) {
    String url = base + "/" + object + "?Expires=" + until.getEpochSecond() + "&KeyName=" + name;
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      byte[] code = mac.doFinal(url.getBytes(StandardCharsets.UTF_8));
      return url + "&Signature=" + Base64.getUrlEncoder().encodeToString(code);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}

package dev.fireside.emulator.storage.firebase;

import dev.fireside.emulator.storage.disk.Attributes;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Download tokens: whoever has one may read the object, whatever the rules say. They are kept in
/// the object's metadata, where Firebase keeps them.
final class Tokens {
  private static final String NAME = "firebaseStorageDownloadTokens";

  private Tokens() {}

  /// The tokens, between commas; empty where there are none.
  static String of(Attributes attributes) {
    return attributes.metadata().getOrDefault(NAME, "");
  }

  static boolean isOne(Attributes attributes, String token) {
    return !token.isEmpty() && List.of(of(attributes).split(",", -1)).contains(token);
  }

  /// The attributes with the tokens of `before`, or a new one where there were none. What a client
  /// says of tokens does not count.
  static Attributes kept(Attributes said, Attributes before) {
    var metadata = new HashMap<>(said.metadata());
    String tokens = of(before);
    metadata.put(NAME, tokens.isEmpty() ? UUID.randomUUID().toString() : tokens);
    return said.withMetadata(metadata);
  }

  /// What clients see of metadata.
  static Map<String, String> without(Map<String, String> metadata) {
    var shown = new HashMap<>(metadata);
    shown.remove(NAME);
    return shown;
  }
}

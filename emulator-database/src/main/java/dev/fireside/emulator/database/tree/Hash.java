package dev.fireside.emulator.database.tree;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/// The hash by which a client and the server see whether they hold the same data.
final class Hash {
  private Hash() {}

  static String of(Leaf leaf) {
    return sha1(prefix(leaf) + text(leaf));
  }

  static String of(Branch branch) {
    if (branch.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder(prefix(branch));
    for (Entry entry : branch.entries(order(branch), true, null, true)) {
      text.append(':').append(entry.key()).append(':').append(branch.child(entry.key()).hash());
    }
    return sha1(text.toString());
  }

  /// Children are hashed by priority; the order by key is the same where none has one.
  private static Index order(Branch branch) {
    for (Map.Entry<String, Node> child : branch.children()) {
      if (!child.getValue().priority().isEmpty()) {
        return new Index.Priority();
      }
    }
    return new Index.Key();
  }

  private static String prefix(Node node) {
    return node.priority() instanceof Leaf leaf ? "priority:" + text(leaf) + ":" : "";
  }

  private static String text(Leaf leaf) {
    return switch (leaf.value()) {
      case Boolean value -> "boolean:" + value;
      case Number value ->
          "number:" + HexFormat.of().toHexDigits(Double.doubleToLongBits(value.doubleValue()));
      default -> "string:" + leaf.value();
    };
  }

  private static String sha1(String text) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

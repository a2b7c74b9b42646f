package dev.fireside.ledger.domain;

import dev.fireside.shared.ids.DocumentNames;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Names one purchase and all that becomes of it: a subscription with its renewals, or a single
/// purchase.
///
/// @param store `app_store`, `play_store`, `stripe`, …
/// @param book real or sandbox: the same id in both are two purchases
/// @param id the store's id of the first transaction
public record PurchaseKey(String store, Book book, String id) {
  private static final Pattern STORE = Pattern.compile("[a-z0-9][a-z0-9_]{0,39}");

  public PurchaseKey {
    store = store.toLowerCase(Locale.ROOT);
    if (!STORE.matcher(store).matches()) {
      throw new IllegalArgumentException("store is not a name");
    }
    if (!DocumentNames.isId(id)) {
      throw new IllegalArgumentException("transaction id is not usable");
    }
  }

  /// Whether a text can be the name of a store.
  public static boolean isStore(String text) {
    return STORE.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  /// The purchase of such a [#name]; empty where there can be none.
  public static Optional<PurchaseKey> find(String name) {
    String[] parts = name.split(":", 3);
    if (parts.length < 3 || !isStore(parts[0]) || !DocumentNames.isId(parts[2])) {
      return Optional.empty();
    }
    for (Book book : Book.values()) {
      if (book.wireName().equals(parts[1])) {
        return Optional.of(new PurchaseKey(parts[0], book, parts[2]));
      }
    }
    return Optional.empty();
  }

  /// The document's name, and the start of the ids of all effects.
  public String name() {
    return store + ":" + book.wireName() + ":" + id;
  }
}

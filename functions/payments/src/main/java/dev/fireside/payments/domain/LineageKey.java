package dev.fireside.payments.domain;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/// Names one purchase and all that becomes of it: a subscription with its renewals, or a single
/// purchase.
///
/// @param store `app_store`, `play_store`, `stripe`, …
/// @param book real or sandbox: the same id in both are two purchases
/// @param id the store's id of the first transaction
public record LineageKey(String store, Book book, String id) {
  private static final Pattern STORE = Pattern.compile("[a-z0-9_]{1,40}");
  private static final Pattern NAME = Pattern.compile("[^/\\s\\p{Cntrl}]+");

  /// Bytes of a document's name in UTF-8; Firestore takes 1,500.
  private static final int NAME_MAX = 1_500;

  private static final Pattern ID = Pattern.compile("[!-.0-~]{1,255}");

  public LineageKey {
    store = store.toLowerCase(Locale.ROOT);
    if (!STORE.matcher(store).matches()) {
      throw new IllegalArgumentException("store is not a name");
    }
    if (!isId(id)) {
      throw new IllegalArgumentException("transaction id is not usable");
    }
  }

  /// Whether a text can be the name of a store.
  public static boolean isStore(String text) {
    return STORE.matcher(text.toLowerCase(Locale.ROOT)).matches();
  }

  /// Whether a store's id can stand in document names: visible ASCII without slashes, and none of
  /// the names that Firestore keeps for itself.
  public static boolean isId(String text) {
    return ID.matcher(text).matches() && isDocumentName(text);
  }

  /// Whether a text can be the name of a document, such as the id of a journal.
  public static boolean isDocumentName(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length <= NAME_MAX
        && NAME.matcher(text).matches()
        && !text.equals(".")
        && !text.equals("..")
        && !(text.startsWith("__") && text.endsWith("__"));
  }

  /// The document's name, and the start of the ids of all effects.
  public String name() {
    return store + ":" + book.wireName() + ":" + id;
  }
}

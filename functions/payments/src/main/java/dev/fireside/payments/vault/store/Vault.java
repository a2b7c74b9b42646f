package dev.fireside.payments.vault.store;

import com.google.cloud.firestore.FieldPath;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.ids.Hmac;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Transaction;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Encrypts what is sensitive: AES-256-GCM under a key of each person, kept in `vault/{uid}` and
/// itself wrapped by a master key. A text can be opened only where it was put: the document's path,
/// the field and the version of the key are authenticated with it.
///
/// Deleting a person's key makes all their texts unreadable for good; nothing that the ledger's
/// chains cover is encrypted by it.
public final class Vault {
  /// The owner of what belongs to nobody; no person can have this name.
  public static final String HOUSE = ":house";

  /// The kind of blind index that addresses of e-mails have.
  public static final String MAIL = "mail";

  private static final String INDEX = ":index";
  private static final int KEY_BYTES = 32;
  private static final int INDEX_BYTES = 18;
  private static final int PAGE = 300;

  private final Documents documents;
  private final Clock clock;
  private final MasterKeys masters;
  private final SecureRandom random = new SecureRandom();
  private volatile byte @Nullable [] indexKey;

  public Vault(Documents documents, Config config, Clock clock) {
    this.documents = documents;
    this.clock = clock;
    this.masters = new MasterKeys(config);
  }

  /// One key of a person.
  private static final class Key {
    private final int version;
    private final byte[] bytes;

    private Key(int version, byte[] bytes) {
      this.version = version;
      this.bytes = bytes;
    }
  }

  /// Encrypts a text of a person for one place. Empty when the person's key was deleted: then it
  /// must not be kept at all.
  ///
  /// @param place the document's path, `#` and the field
  public Optional<byte[]> seal(String owner, String place, byte[] text) {
    return newest(owner)
        .map(key -> {
          byte[] sealed = MasterKeys.encrypt(key.bytes, bound(place, key.version), text);
          return ByteBuffer.allocate(Integer.BYTES + sealed.length)
              .putInt(key.version)
              .put(sealed)
              .array();
        });
  }

  /// The text that was sealed for that place; empty when the person's key was deleted. Throws
  /// [IllegalStateException] when it was changed or belongs elsewhere.
  public Optional<byte[]> open(String owner, String place, byte[] sealed) {
    if (sealed.length < Integer.BYTES) {
      throw new IllegalStateException("What is kept at " + place + " was changed");
    }
    int version = ByteBuffer.wrap(sealed).getInt();
    Optional<Document> document = documents.get(path(owner));
    if (document.isEmpty() || isShredded(document.get())) {
      return Optional.empty();
    }
    byte[] key =
        key(document.get(), version)
            .orElseThrow(
                () -> new IllegalStateException("What is kept at " + place + " was changed"));
    return Optional.of(
        MasterKeys.decrypt(
            key, bound(place, version), Arrays.copyOfRange(sealed, Integer.BYTES, sealed.length)));
  }

  /// Deletes the keys of a person for good.
  public void shred(String owner) {
    if (owner.startsWith(":")) {
      throw new IllegalArgumentException("The house's keys stay");
    }
    documents.set(path(owner), Map.of("shreddedAt", clock.instant()));
  }

  /// Whether a person's keys were deleted, as a transaction sees it: it does not commit where they
  /// are deleted meanwhile.
  public boolean isShredded(Transaction transaction, Uid person) {
    return transaction.get(path(person.value())).filter(Vault::isShredded).isPresent();
  }

  /// Gives a person a new key for what is sealed from now on; what older ones sealed stays
  /// readable. Does nothing for a person without a key.
  public void renew(String owner) {
    documents.transact(transaction -> {
      Document document = transaction.get(path(owner)).orElse(null);
      if (document != null && !isShredded(document)) {
        int version = version(document) + 1;
        var fields = new HashMap<String, Object>(document.fields().values());
        var keys = new HashMap<String, Object>(document.fields().map("keys").values());
        keys.put(Integer.toString(version), wrapped(path(owner), version, fresh()));
        fields.put("keys", keys);
        fields.put("version", version);
        transaction.set(path(owner), fields);
      }
      return true;
    });
  }

  /// Wraps every key that an older master key holds with the newest.
  ///
  /// @return how many people's keys were wrapped anew
  public int rotate() {
    int rotated = 0;
    var base = documents.collection("vault").orderBy(FieldPath.documentId()).limit(PAGE);
    var query = base;
    while (true) {
      List<Document> page = documents.list(query);
      for (Document document : page) {
        if (isOld(document) && rewrap(document.path())) {
          rotated++;
        }
      }
      if (page.size() < PAGE) {
        return rotated;
      }
      query = base.startAfter(page.getLast().id());
    }
  }

  private boolean isOld(Document document) {
    Fields keys = document.fields().map("keys");
    return keys.names().stream()
        .anyMatch(version -> !keys.map(version).text("by").orElse("").equals(masters.newest()));
  }

  private boolean rewrap(String path) {
    // In a transaction, so that a key deleted meanwhile is not written back.
    return documents.transact(transaction -> {
      Document document = transaction.get(path).orElse(null);
      if (document == null || !isOld(document)) {
        return false;
      }
      var keys = new HashMap<String, Object>();
      for (String name : document.fields().map("keys").names()) {
        int version = Integer.parseInt(name);
        keys.put(name, wrapped(path, version, key(document, version).orElseThrow()));
      }
      var fields = new HashMap<String, Object>(document.fields().values());
      fields.put("keys", keys);
      transaction.set(path, fields);
      return true;
    });
  }

  /// A keyed hash by which equal values can be found without being kept: of cards, of addresses.
  ///
  /// @param kind what it is, so that equal texts of two kinds differ
  public String blindIndex(String kind, String value) {
    byte[] key = indexKey;
    if (key == null) {
      key = newest(INDEX).orElseThrow().bytes;
      indexKey = key;
    }
    byte[] digest = new Hmac(key).of(kind + "\n" + value);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(Arrays.copyOf(digest, INDEX_BYTES));
  }

  private Optional<Key> newest(String owner) {
    String path = path(owner);
    Optional<Document> found = documents.get(path);
    if (found.isEmpty()) {
      byte[] first = fresh();
      var fields = Map.of("version", 1, "keys", Map.of("1", wrapped(path, 1, first)));
      if (documents.create(path, fields).isPresent()) {
        return Optional.of(new Key(1, first));
      }
      found = documents.get(path);
    }
    return found
        .filter(document -> !isShredded(document))
        .map(
            document -> new Key(version(document), key(document, version(document)).orElseThrow()));
  }

  private static int version(Document document) {
    return (int) document.fields().number("version");
  }

  private static boolean isShredded(Document document) {
    return !document.fields().names().contains("keys");
  }

  private Optional<byte[]> key(Document document, int version) {
    Fields key = document.fields().map("keys").map(Integer.toString(version));
    return key.values().get("key") instanceof byte[] wrapped
        ? Optional.of(
            masters.unwrap(key.requiredText("by"), wrapped, bound(document.path(), version)))
        : Optional.empty();
  }

  private Map<String, Object> wrapped(String path, int version, byte[] key) {
    return Map.of("key", masters.wrap(key, bound(path, version)), "by", masters.newest());
  }

  private byte[] fresh() {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return key;
  }

  private static String bound(String place, int version) {
    return place + "#" + version;
  }

  private static String path(String owner) {
    return "vault/" + owner;
  }
}

package dev.fireside.economy.store;

import com.google.cloud.firestore.Query;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.fireside.economy.domain.Receipt;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.Cache;
import dev.fireside.shared.cache.Versioned;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads whole inventories: `user:{uid}:inventory` in Redis (5 min), else one query.
///
/// A writer knows only what it changed, so it leaves a mark instead of the inventory: an absent
/// value that is newer than every earlier revision and older than its own.
public final class Inventories {
  private static final Duration TTL = Duration.ofMinutes(5);

  private final Documents documents;
  private final Cache<Inventory> cache;

  public Inventories(Platform platform) {
    this.documents = platform.documents();
    this.cache = platform.cache("user:{}:inventory", Inventory.class, TTL, TTL);
  }

  /// Somebody's inventory, as of their latest operation or a later one.
  public Inventory get(Uid uid) {
    // The cache itself loads nothing: who misses would wait for a load that somebody else began,
    // maybe before the caller's own last write.
    return cache
        .peek(uid.value())
        .orElseGet(() -> {
          Inventory inventory = load(uid);
          cache.put(uid.value(), Versioned.of(version(inventory.revision()) + 1, inventory));
          return inventory;
        });
  }

  private static long version(long revision) {
    return 2 * revision;
  }

  private Inventory load(Uid uid) {
    List<Document> found = documents.list(documents.collection(HoldingDocument.inventory(uid)));
    var items = new ArrayList<Inventory.Held>();
    var head = new Fields(Map.of());
    for (Document document : found) {
      if (document.id().equals(HoldingDocument.HEAD)) {
        head = document.fields();
      } else {
        items.add(
            new Inventory.Held(
                document.id(),
                document.fields().number("count"),
                document.fields().flag("equipped")));
      }
    }
    items.sort(Comparator.comparing(Inventory.Held::item));
    var currencies = new HashMap<String, Long>();
    HoldingDocument.currencies(head)
        .forEach((code, amount) -> currencies.put(code.value(), amount));
    var slots = new HashMap<String, String>();
    HoldingDocument.slots(head).forEach((slot, item) -> slots.put(slot, item.value()));
    return new Inventory(head.number("revision"), items, currencies, slots);
  }

  /// Marks what is cached of an inventory as outdated, unless that is of this revision or a later
  /// one. Called after commits and by events.
  ///
  /// @return false while Redis is away: then an event has to come again
  @CanIgnoreReturnValue
  public boolean moved(Uid uid, long revision) {
    return cache.put(uid.value(), Versioned.absent(version(revision)));
  }

  /// Forgets an inventory that was removed.
  public void forget(Uid uid) {
    cache.invalidate(uid.value());
  }

  /// The operations on an inventory, newest first.
  ///
  /// @param before revision before which the list goes on; null for the start
  public List<Receipt> history(Uid uid, @Nullable Long before, int count) {
    Query query =
        documents
            .collection(HoldingDocument.history(uid))
            .orderBy("revision", Query.Direction.DESCENDING)
            .limit(count);
    return documents.list(before == null ? query : query.startAfter(before)).stream()
        .map(HoldingDocument::receipt)
        .toList();
  }
}

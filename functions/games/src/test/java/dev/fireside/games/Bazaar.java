package dev.fireside.games;

import dev.fireside.economy.domain.Bundle;
import dev.fireside.economy.domain.Change;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.domain.OperationId;
import dev.fireside.economy.store.Holdings;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.store.Documents;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/// Players, and things that they own in tests.
public final class Bazaar {
  private final FiresideExtension fireside;

  public Bazaar(FiresideExtension fireside) {
    this.fireside = fireside;
  }

  /// Fills the catalogue, as its documents.
  public void stock() {
    documents()
        .batch(batch -> {
          batch.set("items/potion", item("Potion", 1_000, true, "", true));
          batch.set("items/sword", item("Sword", 2, false, "hand", true));
          batch.set("items/axe", item("Axe", 5, false, "hand", false));
          batch.set("currencies/gold", Map.of("title", "Gold", "transferable", true));
          batch.set("currencies/gems", Map.of("title", "Gems", "max", 10L));
        });
  }

  private static Map<String, Object> item(
      String title, long max, boolean consumable, String slot, boolean transferable) {
    var fields = new HashMap<String, Object>();
    fields.put("title", title);
    fields.put("kind", "thing");
    fields.put("stackMax", max);
    fields.put("consumable", consumable);
    if (!slot.isEmpty()) {
      fields.put("equipSlot", slot);
    }
    fields.put("transferable", transferable);
    return fields;
  }

  /// People with profiles.
  public void settlePeople(String... uids) {
    for (String uid : uids) {
      documents()
          .set(
              "users/" + uid,
              Map.of("handle", uid, "status", "active", "createdAt", Instant.EPOCH));
    }
  }

  public void give(String uid, String item, long count) {
    deliver(uid, new Bundle(Map.of(new ItemId(item), count), Map.of()));
  }

  public void pay(String uid, String code, long amount) {
    deliver(uid, new Bundle(Map.of(), Map.of(new CurrencyCode(code), amount)));
  }

  private void deliver(String uid, Bundle bundle) {
    var operation = new OperationId("test:" + fireside.platform().ids().next());
    var _ =
        new Holdings(fireside.platform())
            .run(
                new dev.fireside.shared.ids.Uid(uid),
                Change.of(operation, "test", "").deliver(bundle));
  }

  public Caller as(String uid, Role... roles) {
    return fireside.http().as(uid, roles);
  }

  public Caller admin() {
    return fireside.http().as("root", Role.ADMIN);
  }

  public Documents documents() {
    return fireside.platform().documents();
  }

  public boolean exists(String path) {
    return documents().get(path).isPresent();
  }

  public long count(String uid, String item) {
    return documents()
        .get("users/" + uid + "/inventory/" + item)
        .map(document -> document.fields().number("count"))
        .orElse(0L);
  }

  public long balance(String uid, String code) {
    return documents()
        .get("users/" + uid + "/inventory/_head")
        .map(document -> document.fields().map("currencies").number(code))
        .orElse(0L);
  }

  public long revision(String uid) {
    return documents()
        .get("users/" + uid + "/inventory/_head")
        .map(document -> document.fields().number("revision"))
        .orElse(0L);
  }

  public long operations(String uid) {
    return documents().count(documents().collection("users/" + uid + "/inventoryHistory")).count();
  }
}

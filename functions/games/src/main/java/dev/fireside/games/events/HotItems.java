package dev.fireside.games.events;

import dev.fireside.economy.domain.CatalogueStatus;
import dev.fireside.economy.domain.Item;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.economy.store.Catalogue;
import dev.fireside.economy.store.ListCache;
import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.inventory.CatalogueView.ItemView;
import dev.fireside.games.store.LiveEvents;
import dev.fireside.shared.Platform;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The hot items: those the catalogue calls so, and those of the events that run. `hotItems` in
/// Redis (10 min).
public final class HotItems {
  private static final Duration TTL = Duration.ofMinutes(10);

  private final Catalogue catalogue;
  private final LiveEvents liveEvents;
  private final Clock clock;
  private final ListCache<Hot> cache;

  public HotItems(Platform platform) {
    this.catalogue = new Catalogue(platform);
    this.liveEvents = new LiveEvents(platform);
    this.clock = platform.clock();
    this.cache = new ListCache<>(platform, "hotItems", Hot.class, TTL);
  }

  /// Items with the times at which they are hot, so that no event has to begin for it to be
  /// noticed.
  record Hot(List<Entry> entries) {
    Hot {
      entries = List.copyOf(entries);
    }
  }

  /// @param from null for an item that is hot whenever
  /// @param until null for an item that is hot whenever
  record Entry(ItemView item, @Nullable Instant from, @Nullable Instant until) {
    boolean isHot(Instant now) {
      return from == null || until == null || (!now.isBefore(from) && now.isBefore(until));
    }
  }

  List<ItemView> list() {
    Instant now = clock.instant();
    Map<String, ItemView> hot = new LinkedHashMap<>();
    cache.get(this::load).entries().stream()
        .filter(entry -> entry.isHot(now))
        .forEach(entry -> hot.putIfAbsent(entry.item().item(), entry.item()));
    return List.copyOf(hot.values());
  }

  private ListCache.Read<Hot> load() {
    Catalogue.Listing listing = catalogue.list();
    var events = liveEvents.load();
    Map<ItemId, Item> items = new HashMap<>();
    var entries = new ArrayList<Entry>();
    for (Item item : listing.items()) {
      if (item.status() == CatalogueStatus.ACTIVE) {
        items.put(item.id(), item);
        if (item.hot()) {
          entries.add(new Entry(ItemView.of(item), null, null));
        }
      }
    }
    for (LiveEvent event : events.value().events()) {
      for (ItemId id : event.published() ? event.hotItems() : List.<ItemId>of()) {
        Item item = items.get(id);
        if (item != null) {
          entries.add(new Entry(ItemView.of(item), event.startsAt(), event.endsAt()));
        }
      }
    }
    Instant readTime =
        listing.readTime().isBefore(events.readTime()) ? listing.readTime() : events.readTime();
    return new ListCache.Read<>(new Hot(entries), readTime);
  }

  /// What Redis keeps of them.
  public ListCache<?> cache() {
    return cache;
  }
}

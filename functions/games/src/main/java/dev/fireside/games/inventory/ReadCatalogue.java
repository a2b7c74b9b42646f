package dev.fireside.games.inventory;

import dev.fireside.economy.store.Catalogue;
import dev.fireside.economy.store.ListCache;
import dev.fireside.shared.Platform;
import java.time.Duration;

/// Reads the whole catalogue: `catalogue` in Redis (10 min), else Firestore.
public final class ReadCatalogue {
  private static final Duration TTL = Duration.ofMinutes(10);

  private final Catalogue catalogue;
  private final ListCache<CatalogueView> cache;

  public ReadCatalogue(Platform platform) {
    this.catalogue = new Catalogue(platform);
    this.cache = new ListCache<>(platform, "catalogue", CatalogueView.class, TTL);
  }

  /// Everything in it, retired entries too.
  public CatalogueView read() {
    return cache.get(() -> {
      Catalogue.Listing listing = catalogue.list();
      return new ListCache.Read<>(
          new CatalogueView(
              listing.items().stream().map(CatalogueView.ItemView::of).toList(),
              listing.currencies().stream().map(CatalogueView.CurrencyView::of).toList()),
          listing.readTime());
    });
  }

  /// Marks what is cached as outdated by a write.
  ///
  /// @return false while Redis is away: then an event has to come again
  public boolean outdate(long version) {
    return cache.outdate(version);
  }

  ListCache<CatalogueView> cache() {
    return cache;
  }
}

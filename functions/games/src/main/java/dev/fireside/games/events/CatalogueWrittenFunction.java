package dev.fireside.games.events;

import dev.fireside.games.inventory.ReadCatalogue;
import dev.fireside.shared.Platform;
import dev.fireside.shared.cache.NotKeptException;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;

/// Called when an entry of the catalogue was written: outdates the catalogue and the hot items.
public final class CatalogueWrittenFunction extends FirestoreFunction {
  private final ReadCatalogue catalogue;
  private final HotItems hotItems;

  public CatalogueWrittenFunction() {
    this(Platform.current());
  }

  CatalogueWrittenFunction(Platform platform) {
    super(platform);
    this.catalogue = new ReadCatalogue(platform);
    this.hotItems = new HotItems(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    boolean kept = catalogue.outdate(change.version());
    NotKeptException.unless(hotItems.cache().outdate(change.version()) && kept);
  }
}

package dev.fireside.games.inventory;

import dev.fireside.economy.domain.Asset;
import dev.fireside.economy.domain.Listed;
import dev.fireside.economy.store.Catalogue;
import dev.fireside.economy.store.ListCache;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import java.time.Instant;
import java.util.List;

/// Writes the catalogue, and outdates what was made from it.
final class EditCatalogue {
  private final Catalogue catalogue;
  private final List<ListCache<?>> caches;

  EditCatalogue(Catalogue catalogue, List<ListCache<?>> caches) {
    this.catalogue = catalogue;
    this.caches = caches;
  }

  void put(Listed entry) {
    if (catalogue.find(entry.asset()).isEmpty() && !catalogue.hasRoom(entry.asset())) {
      throw ProblemException.conflict(
          Reason.TOO_MANY,
          "The catalogue is full: it has " + Catalogue.ENTRIES_MAX + " entries of this kind");
    }
    outdate(catalogue.put(entry));
  }

  void retire(Asset asset) {
    outdate(
        catalogue
            .retire(asset)
            .orElseThrow(() -> ProblemException.notFound("entry of the catalogue")));
  }

  private void outdate(Instant commit) {
    caches.forEach(cache -> cache.outdate(commit));
  }
}

package dev.fireside.economy.domain;

/// Whether something in the catalogue is still given out.
public enum CatalogueStatus {
  ACTIVE,
  /// Not granted any more. What players hold of it stays theirs, and what they have won or paid for
  /// is still delivered.
  RETIRED
}

package dev.fireside.emulator.storage.rules;

import java.util.List;

/// A path as a value of the rules.
record PathValue(List<String> parts) {
  PathValue {
    parts = List.copyOf(parts);
  }

  @Override
  public String toString() {
    return "/" + String.join("/", parts);
  }
}

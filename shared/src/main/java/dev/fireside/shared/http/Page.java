package dev.fireside.shared.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list, as every list is answered.
///
/// @param items the things of this page
/// @param nextCursor where the next page starts; null on the last one
public record Page<T>(List<T> items, @Nullable String nextCursor) {
  public Page {
    items = List.copyOf(items);
  }
}

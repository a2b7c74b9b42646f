package dev.fireside.emulator.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A write to a Realtime Database, once it is done.
///
/// @param instance the name of the database
/// @param paths where was written, such as `status/ada`; empty for everything
/// @param before what was at a path before the write; null or JSON's null for nothing
/// @param after what is there now
/// @param time when it was written
/// @param authType `app_user`, `admin` or `unauthenticated`
/// @param authId the person who wrote it; null where that was no person
public record RealtimeWrite(
    String instance,
    List<String> paths,
    Function<String, @Nullable JsonNode> before,
    Function<String, @Nullable JsonNode> after,
    Instant time,
    String authType,
    @Nullable String authId) {
  public RealtimeWrite {
    paths = List.copyOf(paths);
  }
}

package dev.fireside.emulator.storage;

import dev.fireside.emulator.storage.disk.ChangeListener;
import dev.fireside.emulator.storage.rules.Documents;
import java.nio.file.Path;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/// How a [StorageServer] starts.
///
/// @param port the port to listen on, or 0 for a free one
/// @param folder where objects are kept, and found again
/// @param rules the file of the rules, read again when it changes; null allows everybody everything
/// @param documents what rules read of Firestore
/// @param listener learns of changes
public record StorageOptions(
    int port,
    Path folder,
    @Nullable Path rules,
    Documents documents,
    Clock clock,
    ChangeListener listener) {}

package dev.fireside.emulator.storage.rules;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What rules read of Firestore, by `firestore.get` and `firestore.exists`.
public interface Documents {
  /// Where there is no Firestore.
  Documents NONE = (_, _) -> Optional.empty();

  /// The fields of a document; empty where there is none.
  ///
  /// @param bucket whose rules read it
  /// @param path such as `/databases/(default)/documents/users/ann`
  Optional<Map<String, @Nullable Object>> find(String bucket, String path);
}

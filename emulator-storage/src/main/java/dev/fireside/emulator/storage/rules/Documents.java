package dev.fireside.emulator.storage.rules;

import java.util.Map;
import java.util.Optional;

/// What rules read of Firestore, by `firestore.get` and `firestore.exists`.
public interface Documents {
  /// Where there is no Firestore.
  Documents NONE = _ -> Optional.empty();

  /// The fields of a document; empty where there is none.
  ///
  /// @param path such as `/databases/(default)/documents/users/ann`
  Optional<Map<String, Object>> find(String path);
}

package dev.fireside.social.store;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Whose handles are: `handles/{handle}`.
public final class Handles {
  private final Documents documents;

  public Handles(Platform platform) {
    this.documents = platform.documents();
  }

  /// Whose a handle is.
  public Optional<Uid> owner(String handle) {
    return documents.get(path(handle)).flatMap(Handles::owner);
  }

  /// Whose these handles are, each person once and in this order; those of nobody are passed over.
  public List<Uid> owners(Collection<String> handles) {
    Map<String, Document> found = documents.getAll(handles.stream().map(Handles::path).toList());
    return handles.stream()
        .map(handle -> Optional.ofNullable(found.get(path(handle))))
        .flatMap(Optional::stream)
        .flatMap(document -> owner(document).stream())
        .distinct()
        .toList();
  }

  private static String path(String handle) {
    return "handles/" + handle;
  }

  private static Optional<Uid> owner(Document handle) {
    return handle.fields().text("uid").filter(Uid::isValid).map(Uid::new);
  }
}

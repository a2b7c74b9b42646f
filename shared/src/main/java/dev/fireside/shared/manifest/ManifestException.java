package dev.fireside.shared.manifest;

import java.util.List;

/// A manifest is wrong; the message lists everything that is.
public final class ManifestException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ManifestException(List<String> problems) {
    super("The manifests are not usable:\n - " + String.join("\n - ", problems));
  }
}

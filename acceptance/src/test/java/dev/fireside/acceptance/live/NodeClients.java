package dev.fireside.acceptance.live;

import dev.fireside.emulator.testing.FiresideExtension;

/// What scripts with clients are told.
final class NodeClients {
  private NodeClients() {}

  /// The address of the Realtime Database, the name of the project's, and where the API is.
  static String[] arguments(FiresideExtension fireside) {
    return new String[] {
      fireside.project().cloud().database().address(),
      fireside.platform().realtime().main().name(),
      fireside.project().baseUrl()
    };
  }
}

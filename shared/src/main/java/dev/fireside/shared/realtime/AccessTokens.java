package dev.fireside.shared.realtime;

import java.io.IOException;

/// Where the token of a call comes from.
@FunctionalInterface
interface AccessTokens {
  /// A token that has not expired.
  String current() throws IOException;
}

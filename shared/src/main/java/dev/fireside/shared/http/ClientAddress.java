package dev.fireside.shared.http;

import com.google.cloud.functions.HttpRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The address a request comes from, as our own proxies saw it.
///
/// Each proxy appends to `X-Forwarded-For` whom it was called by. Only the last entries were
/// written by ours; whatever a client sends stands before them and is not believed.
final class ClientAddress {
  private ClientAddress() {}

  /// The address, or `unknown`.
  static String of(HttpRequest request, int trustedHops) {
    List<String> values = request.getHeaders().getOrDefault("X-Forwarded-For", List.of());
    String[] entries = String.join(",", values).split(",", -1);
    int index = entries.length - Math.max(1, trustedHops);
    String entry = index < 0 ? "" : entries[index].strip();
    return entry.isEmpty() || trustedHops == 0 ? "unknown" : entry;
  }

  /// Whether the address is inside one of the networks, written as CIDR.
  static boolean isIn(String address, List<String> networks) {
    byte[] bytes = parse(address);
    return bytes != null && networks.stream().anyMatch(network -> contains(network, bytes));
  }

  private static boolean contains(String network, byte[] address) {
    String[] parts = network.split("/", 2);
    byte[] base = parse(parts[0]);
    if (base == null || base.length != address.length) {
      return false;
    }
    int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : base.length * 8;
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if ((base[i / 8] & mask) != (address[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static byte @Nullable [] parse(String address) {
    // Only literal addresses: a name would be looked up.
    if (!address.matches("[0-9a-fA-F:.]+")) {
      return null;
    }
    try {
      return InetAddress.getByName(address).getAddress();
    } catch (UnknownHostException e) {
      return null;
    }
  }
}

package dev.fireside.shared.http;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The address a request comes from, as our own proxies saw it.
///
/// Each proxy appends to `X-Forwarded-For` whom it was called by. Only the last entries were
/// written by ours; whatever a client sends stands before them and is not believed.
final class ClientAddress {
  private static final String HEADER = "X-Forwarded-For";

  private static final String UNKNOWN = "unknown";

  /// The part of an IPv6 address that one customer of a network holds, in bytes.
  private static final int CUSTOMER_BYTES = 8;

  private ClientAddress() {}

  /// The address, or `unknown`.
  ///
  /// @param trustedHops how many entries our own proxies added
  static String of(Headers headers, int trustedHops) {
    if (trustedHops == 0) {
      return UNKNOWN;
    }
    int hops = 0;
    for (String value : headers.all(HEADER).reversed()) {
      int end = value.length();
      while (end >= 0) {
        int comma = value.lastIndexOf(',', end - 1);
        hops++;
        if (hops == trustedHops) {
          String entry = value.substring(comma + 1, end).strip();
          return entry.isEmpty() ? UNKNOWN : entry;
        }
        end = comma;
      }
    }
    return UNKNOWN;
  }

  /// What is counted as one caller: an address, or the network of an IPv6 one, since a customer has
  /// 2^64 of these.
  static String caller(String address) {
    InetAddress parsed = parse(address);
    if (!(parsed instanceof Inet6Address)) {
      return address;
    }
    byte[] bytes = parsed.getAddress();
    var network = new StringBuilder();
    for (int i = 0; i < CUSTOMER_BYTES; i += 2) {
      network
          .append(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)))
          .append(':');
    }
    return network.append(":/64").toString();
  }

  /// Whether the address is inside one of the networks, written as CIDR.
  static boolean isIn(String address, List<String> networks) {
    InetAddress parsed = parse(address);
    return parsed != null
        && networks.stream().anyMatch(network -> contains(network, parsed.getAddress()));
  }

  private static boolean contains(String network, byte[] address) {
    String[] parts = network.split("/", 2);
    InetAddress parsed = parse(parts[0]);
    if (parsed == null || parsed.getAddress().length != address.length) {
      return false;
    }
    byte[] base = parsed.getAddress();
    int bits = parts.length == 2 ? Integer.parseInt(parts[1]) : base.length * 8;
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if ((base[i / 8] & mask) != (address[i / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable InetAddress parse(String address) {
    try {
      // Only literal addresses: a name would be looked up.
      return InetAddress.ofLiteral(address);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}

package dev.fireside.shared.text;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/// Addresses that everybody's client opens.
///
/// Not [java.net.URI]: it knows neither hosts with `_`, which buckets have, nor international ones,
/// and refuses what browsers open after the host.
public final class WebAddress {
  private static final String SCHEME = "https://";
  private static final int HOST_MAX = 253;
  private static final int LABEL_MAX = 63;
  private static final int PORT_MAX = 65_535;

  private WebAddress() {}

  /// An https address as clients can open it: as it was written, but for an international host,
  /// which becomes Punycode. Empty for anything else, such as one that signs somebody in
  /// (`https://user:password@host`).
  public static Optional<String> https(String text) {
    if (!text.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        || !text.codePoints().allMatch(WebAddress::isOfAddress)) {
      return Optional.empty();
    }
    int start = SCHEME.length();
    int end = start;
    while (end < text.length() && "/?#".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String authority = text.substring(start, end);
    int colon = authority.indexOf(':');
    String host = colon < 0 ? authority : authority.substring(0, colon);
    String port = colon < 0 ? "" : authority.substring(colon);
    String ascii = ascii(host);
    if (ascii.isEmpty() || !isPort(port)) {
      return Optional.empty();
    }
    return Optional.of(ascii.equals(host) ? text : SCHEME + ascii + port + text.substring(end));
  }

  /// What would end the address in a text or a page, or be read in two ways.
  private static boolean isOfAddress(int c) {
    return !Character.isWhitespace(c)
        && !Character.isSpaceChar(c)
        && !Character.isISOControl(c)
        && "\"<>\\`".indexOf(c) < 0;
  }

  /// The host in ASCII; empty for what is none.
  private static String ascii(String host) {
    try {
      String ascii = isAscii(host) ? host : international(host);
      return isHost(ascii) ? ascii : "";
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }

  private static String international(String host) {
    // The JDK's rules, those of 2003, make another host of these than browsers do.
    if (host.chars().anyMatch(c -> "ßς\u200C\u200D".indexOf(c) >= 0)) {
      throw new IllegalArgumentException("read in two ways");
    }
    return IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
  }

  private static boolean isHost(String host) {
    int length = 0;
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean ends = i + 1 == host.length() || host.charAt(i + 1) == '.';
      if (c == '.') {
        // One at the end is that of the root.
        if (length == 0) {
          return false;
        }
        length = 0;
        continue;
      }
      boolean allowed = isLetterOrDigit(c) || c == '_' || (c == '-' && length > 0 && !ends);
      length++;
      if (!allowed || length > LABEL_MAX) {
        return false;
      }
    }
    return !host.isEmpty() && host.length() <= HOST_MAX;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isPort(String text) {
    if (text.isEmpty()) {
      return true;
    }
    boolean digits =
        text.length() >= 2
            && text.length() <= 6
            && text.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    return digits && Integer.parseInt(text.substring(1)) <= PORT_MAX;
  }
}

package dev.fireside.payments.purchases.domain;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Addresses of e-mails as they are compared: one person writes theirs in several ways.
public final class MailAddress {
  private static final int LENGTH_MAX = 320;

  /// White space, and what cannot be seen: both come along when an address is copied.
  private static final Pattern UNSEEN = Pattern.compile("[\\s\\p{Z}\\p{Cc}\\p{Cf}]+");

  private MailAddress() {}

  /// An address without its case, its white space, and other ways to write the same letters; empty
  /// for what is none. Names of domains are in ASCII.
  public static Optional<String> normalised(String address) {
    if (address.length() > LENGTH_MAX) {
      return Optional.empty();
    }
    String plain = folded(address);
    int at = plain.lastIndexOf('@');
    if (at < 1 || at == plain.length() - 1 || !isLocal(plain.substring(0, at))) {
      return Optional.empty();
    }
    String domain = ascii(plain.substring(at + 1));
    return domain.isEmpty() ? Optional.empty() : Optional.of(plain.substring(0, at + 1) + domain);
  }

  /// Whether it can stand before the last `@`: another one only in quotes.
  private static boolean isLocal(String name) {
    return name.indexOf('@') < 0 || (name.startsWith("\"") && name.endsWith("\""));
  }

  private static String folded(String text) {
    String composed = Normalizer.normalize(text, Normalizer.Form.NFKC);
    // By way of capitals letters meet that have the same capital, such as both small sigmas.
    String folded = composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    return UNSEEN.matcher(Normalizer.normalize(folded, Normalizer.Form.NFKC)).replaceAll("");
  }

  private static String ascii(String domain) {
    try {
      return IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      return domain;
    }
  }
}

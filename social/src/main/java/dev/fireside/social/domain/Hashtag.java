package dev.fireside.social.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How hashtags are written down, so that whoever stores them and whoever looks for them mean the
/// same: Unicode NFKC, lower case, without `#`. Joiners (U+200C, U+200D) are part of a word where
/// letters stand on both sides, as Persian and Sinhala write them.
public final class Hashtag {
  /// Code points of a hashtag, at most.
  public static final int LENGTH_MAX = 100;

  private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{M}\\p{N}_\\u200C\\u200D]+");

  private Hashtag() {}

  /// The stored form of a hashtag, with or without its `#`; empty for a text that is none.
  public static Optional<String> normalise(String raw) {
    String bare = raw.startsWith("#") || raw.startsWith("＃") ? raw.substring(1) : raw;
    // Lower case can undo a composition, so the form is made again.
    String tag = withoutJoinersAround(nfkc(nfkc(bare).toLowerCase(Locale.ROOT)));
    boolean usable =
        FORM.matcher(tag).matches() && tag.codePointCount(0, tag.length()) <= LENGTH_MAX;
    return usable ? Optional.of(tag) : Optional.empty();
  }

  private static String withoutJoinersAround(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isJoiner(text.charAt(start))) {
      start++;
    }
    while (end > start && isJoiner(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isJoiner(char c) {
    return c == '\u200C' || c == '\u200D';
  }

  private static String nfkc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }
}

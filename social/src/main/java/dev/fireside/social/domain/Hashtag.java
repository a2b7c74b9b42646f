package dev.fireside.social.domain;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// How hashtags are written down, so that whoever stores them and whoever looks for them mean the
/// same: Unicode NFKC, lower case, without `#`.
public final class Hashtag {
  /// Code points of a hashtag, at most.
  public static final int LENGTH_MAX = 100;

  private static final Pattern FORM = Pattern.compile("[\\p{L}\\p{M}\\p{N}_]+");

  private Hashtag() {}

  /// The stored form of a hashtag, with or without its `#`; empty for a text that is none.
  public static Optional<String> normalise(String raw) {
    String bare = raw.startsWith("#") || raw.startsWith("＃") ? raw.substring(1) : raw;
    // Lower case can undo a composition, so the form is made again.
    String tag = nfkc(nfkc(bare).toLowerCase(Locale.ROOT));
    boolean usable =
        FORM.matcher(tag).matches() && tag.codePointCount(0, tag.length()) <= LENGTH_MAX;
    return usable ? Optional.of(tag) : Optional.empty();
  }

  private static String nfkc(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC);
  }
}

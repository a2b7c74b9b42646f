package dev.fireside.social.domain;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a text names: its hashtags, and the handles it mentions, each once and in their order.
///
/// @param hashtags as they are stored, at most [#HASHTAGS_MAX]
/// @param handles lower case and without `@`, at most [#HANDLES_MAX]; they may belong to nobody
public record Entities(List<String> hashtags, List<String> handles) {
  /// Hashtags of one text; the ones after are plain text.
  public static final int HASHTAGS_MAX = 30;

  /// People named by one text; the ones after are plain text.
  public static final int HANDLES_MAX = 20;

  /// In the middle of a word, after `&` (HTML entities), `#` or `/` (addresses) it is no hashtag.
  private static final Pattern HASHTAG =
      Pattern.compile("(?<![\\p{L}\\p{M}\\p{N}_&#＃/])[#＃]([\\p{L}\\p{M}\\p{N}_\\u200C\\u200D]+)");

  /// As twitter-text has it: a handle ends at the first character that handles do not have, since
  /// not all scripts put spaces between words. After a Latin letter, a digit or a sign of mail
  /// addresses, and before another `@`, a Latin letter or `://`, it is something else.
  private static final Pattern MENTION =
      Pattern.compile(
          "(?<![\\p{IsLatin}\\p{M}\\p{N}_.+%!#$&*@＠/-])[@＠]([A-Za-z0-9_.Ａ-Ｚａ-ｚ０-９＿．]++)"
              + "(?![@＠\\p{IsLatin}\\p{M}]|://)");

  private static final Pattern HANDLE = Pattern.compile("[a-z0-9_.]{3,30}");

  /// Firestore keeps names like `__x__` for itself.
  private static final Pattern RESERVED = Pattern.compile("__.*__");

  public Entities {
    hashtags = List.copyOf(hashtags);
    handles = List.copyOf(handles);
  }

  /// The entities of a text.
  public static Entities of(String text) {
    return new Entities(
        find(HASHTAG, text, HASHTAGS_MAX, Hashtag::normalise),
        find(MENTION, text, HANDLES_MAX, Entities::handle));
  }

  /// The stored form of a handle, with or without its `@`; empty for a text that cannot be one.
  public static Optional<String> handle(String raw) {
    String handle =
        Normalizer.normalize(raw, Normalizer.Form.NFKC)
            .toLowerCase(Locale.ROOT)
            .replaceFirst("^@", "")
            // The full stop of a sentence.
            .replaceFirst("\\.+$", "");
    boolean usable =
        HANDLE.matcher(handle).matches()
            && !handle.startsWith(".")
            && !RESERVED.matcher(handle).matches();
    return usable ? Optional.of(handle) : Optional.empty();
  }

  private static List<String> find(
      Pattern pattern, String text, int max, Function<String, Optional<String>> normalise) {
    Set<String> found = new LinkedHashSet<>();
    Matcher matcher = pattern.matcher(text);
    while (found.size() < max && matcher.find()) {
      normalise.apply(matcher.group(1)).ifPresent(found::add);
    }
    return new ArrayList<>(found);
  }
}

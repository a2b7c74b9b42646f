package dev.fireside.uploads.videos;

import dev.fireside.media.domain.MediaFiles;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Names of captions: a video has one file for each language.
public final class CaptionFiles {
  /// Languages as BCP 47 has them, with a script and a region at most.
  public static final String LANGUAGE = "[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?";

  private static final Pattern NAME = Pattern.compile("captions-(" + LANGUAGE + ")\\.vtt");

  private CaptionFiles() {}

  /// The file of a language.
  public static String name(String language) {
    return "captions-" + language + ".vtt";
  }

  /// The object of a video's captions.
  public static String object(String video, String language) {
    return MediaFiles.folder(video) + name(language);
  }

  /// The language of a file; empty for one of no captions.
  public static Optional<String> language(String file) {
    Matcher name = NAME.matcher(file);
    return name.matches() ? Optional.of(name.group(1)) : Optional.empty();
  }
}

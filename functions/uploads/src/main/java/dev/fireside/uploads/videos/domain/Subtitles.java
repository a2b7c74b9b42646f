package dev.fireside.uploads.videos.domain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Captions of a video: WebVTT as it is, SubRip turned into it.
public final class Subtitles {
  /// Cues of one file, at most.
  private static final int CUES_MAX = 20_000;

  private static final String TIME = "(?:[0-9]{2,}:)?[0-5][0-9]:[0-5][0-9]\\.[0-9]{3}";
  private static final Pattern TIMING =
      Pattern.compile("(" + TIME + ")[ \\t]+-->[ \\t]+(" + TIME + ")(?:[ \\t].*)?");
  private static final Pattern SRT_TIMING =
      Pattern.compile(
          "([0-9]{1,2}):([0-9]{2}):([0-9]{2})[,.]([0-9]{1,3})[ \\t]*-->[ \\t]*"
              + "([0-9]{1,2}):([0-9]{2}):([0-9]{2})[,.]([0-9]{1,3}).*");

  private Subtitles() {}

  /// WebVTT that players can read; empty for a text that is none.
  public static Optional<String> vtt(String text) {
    String plain = normal(text);
    String first = plain.lines().findFirst().orElse("");
    boolean isVtt = first.equals("WEBVTT") || first.matches("WEBVTT[ \\t].*");
    return isVtt && hasGoodCues(plain) ? Optional.of(plain) : Optional.empty();
  }

  private static boolean hasGoodCues(String text) {
    int cues = 0;
    for (String line : text.lines().toList()) {
      if (line.contains("-->")) {
        Matcher timing = TIMING.matcher(line);
        cues++;
        if (cues > CUES_MAX
            || !timing.matches()
            || millis(timing.group(2)) < millis(timing.group(1))) {
          return false;
        }
      }
    }
    return cues > 0;
  }

  private static long millis(String time) {
    long total = 0;
    for (String part : time.substring(0, time.indexOf('.')).split(":", -1)) {
      total = total * 60 + Long.parseLong(part);
    }
    return total * 1_000 + Long.parseLong(time.substring(time.indexOf('.') + 1));
  }

  /// The WebVTT of SubRip; empty for a text that is none.
  public static Optional<String> ofSrt(String text) {
    var vtt = new StringBuilder("WEBVTT\n\n");
    for (String block : normal(text).strip().split("\\n{2,}", -1)) {
      String[] lines = block.split("\\n", -1);
      int timing = lines[0].contains("-->") ? 0 : 1;
      Matcher times = SRT_TIMING.matcher(timing < lines.length ? lines[timing].strip() : "");
      if (!times.matches()) {
        return Optional.empty();
      }
      vtt.append(time(times, 1)).append(" --> ").append(time(times, 5)).append('\n');
      for (int i = timing + 1; i < lines.length; i++) {
        // In WebVTT an arrow would begin another cue.
        vtt.append(lines[i].replace("-->", "->")).append('\n');
      }
      vtt.append('\n');
    }
    return vtt(vtt.toString());
  }

  private static String time(Matcher times, int from) {
    String millis = times.group(from + 3);
    return (times.group(from).length() < 2 ? "0" : "")
        + times.group(from)
        + ":"
        + times.group(from + 1)
        + ":"
        + times.group(from + 2)
        + "."
        + millis
        + "0".repeat(3 - millis.length());
  }

  private static String normal(String text) {
    String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return bare.replace("\r\n", "\n").replace('\r', '\n').replace("\0", "\uFFFD");
  }
}

package dev.fireside.transcoder.domain;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// How loud a sound is over its whole length (EBU R 128).
///
/// @param integrated LUFS; minus infinity for silence
/// @param peak dBFS; minus infinity for silence
public record Loudness(double integrated, double peak) {
  /// What nothing is known of: it stays as it is.
  public static final Loudness UNKNOWN = new Loudness(Double.NEGATIVE_INFINITY, 0);

  /// What services of music and video play at.
  static final double TARGET_LUFS = -14;

  private static final double PEAK_MAX_DBFS = -1;

  /// Below this there is noise and no sound to lift.
  private static final double SILENCE_LUFS = -60;

  private static final double GAIN_MAX_DB = 20;
  private static final Pattern INTEGRATED = Pattern.compile("\\bI:\\s+(-?[0-9.]+|-inf) LUFS");
  private static final Pattern PEAK = Pattern.compile("\\bPeak:\\s+(-?[0-9.]+|-inf) dBFS");

  /// Reads the summary of ffmpeg's filter; [#UNKNOWN] where there is none.
  public static Loudness parse(String messages) {
    Matcher integrated = INTEGRATED.matcher(messages);
    Matcher peak = PEAK.matcher(messages);
    return integrated.find() && peak.find()
        ? new Loudness(decibels(integrated.group(1)), decibels(peak.group(1)))
        : UNKNOWN;
  }

  private static double decibels(String text) {
    return text.equals("-inf") ? Double.NEGATIVE_INFINITY : Double.parseDouble(text);
  }

  /// By how many decibels it is changed: to the target, but no peak beyond its limit.
  public double gain() {
    if (integrated < SILENCE_LUFS) {
      return 0;
    }
    double wanted = Math.min(TARGET_LUFS - integrated, GAIN_MAX_DB);
    return Math.min(wanted, Math.max(PEAK_MAX_DBFS - peak, Math.min(wanted, 0)));
  }
}

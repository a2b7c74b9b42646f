package dev.fireside.uploads.playback;

import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Rewrites the addresses in lists of HLS, DASH and WebVTT.
final class Playlists {
  private static final Pattern HLS_ATTRIBUTE = Pattern.compile("URI=\"([^\"]*)\"");
  private static final Pattern BASE_URL = Pattern.compile("<BaseURL>([^<]*)</BaseURL>");
  private static final String GROUP = "captions";

  private Playlists() {}

  /// A playlist of HLS with other addresses: those on lines of their own, and those in attributes.
  static String hls(String list, UnaryOperator<String> address) {
    var text = new StringBuilder();
    list.lines()
        .map(line ->
            line.startsWith("#")
                ? replaced(HLS_ATTRIBUTE, line, name -> "URI=\"" + address.apply(name) + "\"")
                : line.isBlank() ? line : address.apply(line.strip()))
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  /// A manifest of DASH with other addresses.
  static String dash(String manifest, UnaryOperator<String> address) {
    return replaced(
        BASE_URL,
        manifest,
        name -> "<BaseURL>" + address.apply(name).replace("&", "&amp;") + "</BaseURL>");
  }

  /// A track of thumbnails with other addresses; the part of the picture stays named behind it.
  static String thumbnails(String track, UnaryOperator<String> address) {
    var text = new StringBuilder();
    track
        .lines()
        .map(line -> {
          int part = line.indexOf("#xywh=");
          return part < 0 ? line : address.apply(line.substring(0, part)) + line.substring(part);
        })
        .forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private static String replaced(Pattern pattern, String text, UnaryOperator<String> by) {
    return pattern
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(by.apply(found.group(1))));
  }

  /// A master playlist with captions to choose from.
  ///
  /// @param captions labels by language
  static String withCaptions(String master, Map<String, String> captions) {
    if (captions.isEmpty()) {
      return master;
    }
    var text = new StringBuilder();
    master
        .lines()
        .map(line ->
            line.startsWith("#EXT-X-STREAM-INF:") ? line + ",SUBTITLES=\"" + GROUP + "\"" : line)
        .forEach(line -> {
          text.append(line).append('\n');
          if (line.equals("#EXT-X-INDEPENDENT-SEGMENTS")) {
            captions.forEach((language, label) -> text.append(track(language, label)));
          }
        });
    return text.toString();
  }

  private static String track(String language, String label) {
    return "#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID=\"%s\",NAME=\"%s\",LANGUAGE=\"%s\",DEFAULT=NO,AUTOSELECT=YES,URI=\"%s\"%n"
        .formatted(GROUP, label.replaceAll("[\"\\r\\n]", "'"), language, captionList(language))
        .replace("\r", "");
  }

  /// The file of the playlist with the captions of a language.
  static String captionList(String language) {
    return "captions-" + language + ".m3u8";
  }

  /// A playlist with one file of captions for all of a stream.
  static String captions(String address, double seconds) {
    return """
    #EXTM3U
    #EXT-X-VERSION:7
    #EXT-X-TARGETDURATION:%d
    #EXT-X-MEDIA-SEQUENCE:0
    #EXT-X-PLAYLIST-TYPE:VOD
    #EXTINF:%s,
    %s
    #EXT-X-ENDLIST
    """
        .formatted(
            (long) Math.ceil(seconds),
            java.math.BigDecimal.valueOf(Math.round(seconds * 1_000), 3).toPlainString(),
            address);
  }
}

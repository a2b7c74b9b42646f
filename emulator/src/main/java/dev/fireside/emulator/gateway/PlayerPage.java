package dev.fireside.emulator.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;

/// The page below `/_local/player/`: uploads a video and plays what is made of it.
final class PlayerPage {
  static final String PATH = "player/";

  private static final String FOLDER = "/dev/fireside/emulator/player/";
  private static final String HLS = "hls.js";
  private static final Map<String, String> TYPES =
      Map.of(
          "index.html",
          "text/html; charset=utf-8",
          "player.css",
          "text/css; charset=utf-8",
          "page.js",
          "text/javascript; charset=utf-8",
          "player.js",
          "text/javascript; charset=utf-8",
          "upload.js",
          "text/javascript; charset=utf-8",
          HLS,
          "text/javascript; charset=utf-8");

  private PlayerPage() {}

  /// A file of the page.
  record Asset(String contentType, ByteBuffer bytes) {}

  /// @param name of the file; empty for the page itself
  static Optional<Asset> find(String name) throws IOException {
    String file = name.isEmpty() ? "index.html" : name;
    String type = TYPES.get(file);
    return type == null
        ? Optional.empty()
        : Optional.of(new Asset(type, read(file.equals(HLS) ? hls() : FOLDER + file)));
  }

  /// The one that Maven brings: its folder has the name of its version.
  private static String hls() throws IOException {
    var about = new Properties();
    try (InputStream in = open("/META-INF/maven/org.webjars.npm/hls.js/pom.properties")) {
      about.load(in);
    }
    return "/META-INF/resources/webjars/hls.js/" + about.get("version") + "/dist/hls.min.js";
  }

  private static ByteBuffer read(String resource) throws IOException {
    try (InputStream in = open(resource)) {
      return ByteBuffer.wrap(in.readAllBytes());
    }
  }

  private static InputStream open(String resource) {
    InputStream in = PlayerPage.class.getResourceAsStream(resource);
    if (in == null) {
      throw new IllegalStateException(resource + " is not on the class path");
    }
    return in;
  }
}

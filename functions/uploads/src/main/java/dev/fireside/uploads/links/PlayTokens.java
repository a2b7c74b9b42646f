package dev.fireside.uploads.links;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Hmac;
import dev.fireside.shared.ids.Uid;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Says in an address who plays a video: players of phones and browsers send no headers of ours.
/// Whether that person may watch is looked at with each list.
public final class PlayTokens {
  private static final Duration LIFE = Duration.ofHours(6);
  private static final int MAC_BYTES = 16;
  private static final int LENGTH_MAX = 300;

  private final List<Hmac> keys;
  private final Clock clock;

  public PlayTokens(Platform platform) {
    // Signs nothing that cursors sign: each text begins with what it is for.
    this.keys = platform.config().cursorSecrets().stream().map(Hmac::new).toList();
    this.clock = platform.clock();
  }

  /// A token by which `viewer` plays a video for some hours.
  public String issue(String video, Uid viewer) {
    long hours = clock.instant().plus(LIFE).getEpochSecond() / 3_600 + 1;
    String said = hours + "." + viewer;
    byte[] mac = Arrays.copyOf(keys.getFirst().of(text(video, said)), MAC_BYTES);
    return encoded(said.getBytes(StandardCharsets.UTF_8)) + "." + encoded(mac);
  }

  private static String text(String video, String said) {
    return "play\n" + video + "\n" + said;
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Who plays a video by this token; empty for one that was not issued for it, or is over.
  public Optional<Uid> read(String video, String token) {
    String[] parts = token.split("\\.", -1);
    if (token.length() > LENGTH_MAX || parts.length != 2) {
      return Optional.empty();
    }
    try {
      String said = new String(Base64.getUrlDecoder().decode(parts[0]), StandardCharsets.UTF_8);
      byte[] mac = Base64.getUrlDecoder().decode(parts[1]);
      if (keys.stream().noneMatch(key -> isMac(key, text(video, said), mac))) {
        return Optional.empty();
      }
      int dot = said.indexOf('.');
      Instant end = Instant.ofEpochSecond(Long.parseLong(said.substring(0, dot)) * 3_600);
      return end.isBefore(clock.instant())
          ? Optional.empty()
          : Optional.of(new Uid(said.substring(dot + 1)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static boolean isMac(Hmac key, String text, byte[] mac) {
    return java.security.MessageDigest.isEqual(Arrays.copyOf(key.of(text), MAC_BYTES), mac);
  }
}

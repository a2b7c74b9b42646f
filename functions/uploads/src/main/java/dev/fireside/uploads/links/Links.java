package dev.fireside.uploads.links;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.shared.Platform;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Addresses of what is served: nobody may read the bucket, but by an address that holds for a
/// while. They are Cloud CDN's where there is one, else Cloud Storage's own.
public final class Links {
  /// The longest life that can be asked for: addresses hold up to twice as long, and Cloud Storage
  /// signs for no longer than a week.
  private static final Duration LIFE_MAX = Duration.ofDays(3);

  private static final int KEPT_MAX = 20_000;

  private final MediaStorage storage;
  private final Optional<CdnKey> cdn;
  private final Clock clock;
  private final String base;

  /// What was signed lately. The same address again is one that caches know.
  private final Cache<Wanted, String> signed = Caffeine.newBuilder().maximumSize(KEPT_MAX).build();

  private record Wanted(String object, Instant until) {}

  public Links(Platform platform) {
    this.storage = MediaStorage.of(platform);
    this.cdn = CdnKey.of(platform.config());
    this.clock = platform.clock();
    this.base = platform.config().text("PUBLIC_BASE_URL").orElse("").replaceAll("/+$", "");
  }

  /// Where the API is for others, such as `https://example.com`; empty where nobody has said.
  public String base() {
    return base;
  }

  /// An instant after which an address that is needed for `life` need not hold: of all that is
  /// signed within that time the same one.
  public Instant until(Duration life) {
    long seconds = Math.min(life.toSeconds(), LIFE_MAX.toSeconds());
    long slot = Math.floorDiv(clock.instant().getEpochSecond(), seconds);
    return Instant.ofEpochSecond((slot + 2) * seconds);
  }

  /// The address of an object that is served, until an instant.
  public String signed(String object, Instant until) {
    return signed.get(new Wanted(object, until), this::sign);
  }

  private String sign(Wanted wanted) {
    return cdn.map(key -> key.signed(wanted.object(), wanted.until()))
        .orElseGet(() ->
            storage
                .served()
                .signed(wanted.object(), Duration.between(clock.instant(), wanted.until()))
                .toString());
  }
}

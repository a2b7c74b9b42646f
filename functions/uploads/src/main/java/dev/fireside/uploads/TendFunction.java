package dev.fireside.uploads;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import dev.fireside.uploads.videos.StartTranscodes;
import dev.fireside.uploads.videos.TendVideos;
import dev.fireside.uploads.videos.Videos;
import java.time.Instant;

/// Publishes videos whose time has come, removes what deleted ones leave behind, and asks again for
/// jobs that nobody took.
public final class TendFunction extends ScheduledFunction {
  private final TendVideos tendVideos;
  private final StartTranscodes startTranscodes;

  public TendFunction() {
    this(Platform.current());
  }

  TendFunction(Platform platform) {
    super(platform);
    var videos = new Videos(platform);
    this.tendVideos = videos.tendVideos();
    this.startTranscodes = videos.startTranscodes();
  }

  @Override
  protected void run(Instant scheduled) {
    startTranscodes.startAll();
    tendVideos.tend();
  }
}

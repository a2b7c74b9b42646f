package dev.fireside.transcoder;

import dev.fireside.media.store.Jobs;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.config.ConfigException;
import dev.fireside.shared.telemetry.Logs;
import dev.fireside.transcoder.ffmpeg.Ffmpeg;
import dev.fireside.transcoder.ffmpeg.Installation;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The process of one execution: works on the order that [Jobs#TRANSCODE_ID] names, and ends.
///
/// It ends well whatever becomes of the order: whether and when to try again says the order, not
/// Cloud Run. Asked to stop, it stops ffmpeg and gives the order back.
public final class TranscoderJob {
  /// Cloud Run waits ten seconds; a laptop may be slow.
  private static final Duration STOP_LIMIT = Duration.ofSeconds(60);

  private static final Logger log = LoggerFactory.getLogger(TranscoderJob.class);

  private TranscoderJob() {}

  /// Runs until the order has ended, was given back or is somebody else's.
  public static void main(String[] arguments) {
    try {
      run(System.getenv());
    } catch (ConfigException | IllegalStateException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    // Clients have threads of their own.
    System.exit(0);
  }

  private static void run(Map<String, String> environment) {
    Config config = Config.from(environment);
    Logs.installJson(config);
    String id =
        config
            .text(Jobs.TRANSCODE_ID)
            .orElseThrow(() -> new ConfigException(List.of(Jobs.TRANSCODE_ID + " is not set")));
    Settings settings = Settings.of(config);
    var done = new CountDownLatch(1);
    try (var platform = new Platform(config, Clock.systemUTC());
        var ffmpeg = new Ffmpeg(installation(settings))) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(ffmpeg, done), "stop"));
      new MakeOrder(
              new TranscodeStore(platform.documents()),
              MediaStorage.of(platform),
              ffmpeg,
              settings,
              platform.clock())
          .make(id);
    } finally {
      done.countDown();
    }
  }

  static Installation installation(Settings settings) {
    Path ffmpeg = settings.ffmpeg();
    return ffmpeg == null
        ? Installation.bundled(settings.scratch().resolve("ffmpeg"))
        : Installation.of(ffmpeg, settings.encoder());
  }

  private static void stop(Ffmpeg ffmpeg, CountDownLatch done) {
    ffmpeg.close();
    try {
      if (!done.await(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("The order was not given back in time");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

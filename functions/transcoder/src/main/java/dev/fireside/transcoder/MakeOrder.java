package dev.fireside.transcoder;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.Transcode;
import dev.fireside.media.domain.TranscodeFailure;
import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.ObjectGoneException;
import dev.fireside.media.store.StoredObject;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.transcoder.domain.Clip;
import dev.fireside.transcoder.ffmpeg.Ffmpeg;
import dev.fireside.transcoder.ffmpeg.FfmpegException;
import dev.fireside.transcoder.ffmpeg.Prober;
import dev.fireside.transcoder.packaging.Manifests;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes what an order asks for, step by step: what an execution before has made is not made again.
final class MakeOrder {
  private static final Logger log = LoggerFactory.getLogger(MakeOrder.class);

  /// An image beside the file that was sent.
  private static final Duration IMAGE_LENGTH = Duration.ofSeconds(1);

  private final TranscodeStore store;
  private final MediaStorage storage;
  private final Ffmpeg ffmpeg;
  private final Settings settings;
  private final Clock clock;

  MakeOrder(
      TranscodeStore store, MediaStorage storage, Ffmpeg ffmpeg, Settings settings, Clock clock) {
    this.store = store;
    this.storage = storage;
    this.ffmpeg = ffmpeg;
    this.settings = settings;
    this.clock = clock;
  }

  /// How an execution ended.
  enum Outcome {
    /// All was made.
    DONE,
    /// It cannot be made.
    FAILED,
    /// It may be made by another attempt.
    GIVEN_BACK,
    /// Somebody else works on it, it has ended, or it is not there.
    NOTHING_TO_DO
  }

  /// Works on an order until it has ended or somebody else has it.
  Outcome make(String id) {
    String holder = UUID.randomUUID().toString();
    Transcode taken = store.begin(id, holder, clock.instant()).orElse(null);
    if (taken == null) {
      log.info("Nothing to do for {}", id);
      return Outcome.NOTHING_TO_DO;
    }
    try (Lease lease = Lease.of(store, taken, holder, clock, ffmpeg::close)) {
      return make(taken, lease);
    }
  }

  private Outcome make(Transcode taken, Lease lease) {
    try (Scratch scratch = Scratch.open(settings.scratch())) {
      work(taken, lease, new Workroom(scratch.folder(), ffmpeg, settings), scratch.free());
      lease.end(new TranscodeState.Done(lease.made()));
      log.info("Made {}", taken.id());
      return Outcome.DONE;
    } catch (ClipException e) {
      log.info("Nothing can be made of {}: {}", taken.id(), e.getMessage());
      lease.end(new TranscodeState.Failed(e.failure(), e.detail(), lease.made()));
      return Outcome.FAILED;
    } catch (LeaseLostException e) {
      return Outcome.NOTHING_TO_DO;
    } catch (RuntimeException e) {
      log.error("Attempt {} of {} failed", taken.attempts(), taken.id(), e);
      lease.giveBack();
      return Outcome.GIVEN_BACK;
    }
  }

  private void work(Transcode taken, Lease lease, Workroom room, long free) {
    fetch(taken.order().source(), room, free);
    var shelf = new Shelf(storage.served(), taken.id(), lease);
    List<Step> steps =
        switch (taken.order()) {
          case TranscodeOrder.Image _ -> List.of(image(room, shelf));
          case TranscodeOrder.Video(_, Duration coverAt) ->
              new StreamSteps(room, shelf, clip(room)).all(coverAt);
          case TranscodeOrder.Audio _ -> new StreamSteps(room, shelf, sound(room)).all(null);
        };
    double all = steps.stream().mapToDouble(Step::weight).sum();
    double done = 0;
    for (Step step : steps) {
      double before = done;
      if (!step.isMade(lease.made())) {
        Made made =
            step.make(
                lease.made(),
                fraction -> lease.progress((before + fraction * step.weight()) / all));
        list(shelf, made, false);
        lease.made(made);
      }
      done += step.weight();
      lease.progress(done / all);
    }
    list(shelf, lease.made(), true);
  }

  /// What lists the qualities, once there are some to be chosen from.
  private static void list(Shelf shelf, Made made, boolean all) {
    boolean seen = made.renditions().stream().anyMatch(rendition -> !rendition.isSound());
    if (seen || (all && made.isPlayable())) {
      shelf.put(MediaFiles.MASTER, Manifests.master(made), false);
      shelf.put(MediaFiles.MANIFEST, Manifests.dash(made), false);
    }
  }

  private void fetch(String source, Workroom room, long free) {
    StoredObject object =
        storage
            .uploads()
            .find(source)
            .orElseThrow(() -> new ClipException(TranscodeFailure.SOURCE_GONE, null));
    // What is made takes about as much again before it is put away.
    if (object.bytes() > settings.scratchBytes() / 2) {
      throw new ClipException(TranscodeFailure.TOO_LARGE, object.bytes() + " bytes");
    }
    if (object.bytes() > free / 2) {
      throw new IllegalStateException("Too little room in " + settings.scratch());
    }
    try {
      storage.uploads().download(object, room.file(Workroom.SOURCE));
    } catch (ObjectGoneException e) {
      throw new ClipException(TranscodeFailure.SOURCE_GONE, null);
    }
  }

  private Clip clip(Workroom room) {
    var prober = new Prober(ffmpeg);
    Clip clip;
    try {
      clip =
          prober
              .clip(room.folder(), Workroom.SOURCE)
              .orElseThrow(() -> new ClipException(TranscodeFailure.NOT_MEDIA, null));
      if (clip.duration().isZero()) {
        clip =
            clip.withDuration(
                prober.measured(
                    room.folder(),
                    Workroom.SOURCE,
                    room.limits(clip.withDuration(settings.durationMax()), 0)));
      }
    } catch (FfmpegException e) {
      throw Workroom.failed(e);
    }
    if (clip.duration().compareTo(settings.durationMax()) > 0) {
      throw new ClipException(TranscodeFailure.TOO_LONG, clip.duration().toString());
    }
    return clip;
  }

  private Clip sound(Workroom room) {
    Clip clip = clip(room);
    if (clip.audio() == null) {
      throw new ClipException(TranscodeFailure.NO_SOUND, null);
    }
    return new Clip(clip.format(), clip.duration(), null, clip.audio());
  }

  private Step image(Workroom room, Shelf shelf) {
    try {
      Clip clip =
          new Prober(ffmpeg)
              .image(room.folder(), Workroom.SOURCE)
              .orElseThrow(() -> new ClipException(TranscodeFailure.NOT_AN_IMAGE, null));
      Clip.VideoTrack picture = clip.video();
      if (picture == null) {
        throw new ClipException(TranscodeFailure.NOT_AN_IMAGE, null);
      }
      return new ImageStep(room, shelf, clip.withDuration(IMAGE_LENGTH), picture);
    } catch (FfmpegException e) {
      throw Workroom.failed(e);
    }
  }
}

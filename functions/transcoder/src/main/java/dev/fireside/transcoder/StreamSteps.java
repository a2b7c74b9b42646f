package dev.fireside.transcoder;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.Rendition;
import dev.fireside.media.domain.TranscodeFailure;
import dev.fireside.transcoder.domain.Clip;
import dev.fireside.transcoder.domain.Ladder;
import dev.fireside.transcoder.domain.Loudness;
import dev.fireside.transcoder.domain.Rung;
import dev.fireside.transcoder.domain.Thumbnails;
import dev.fireside.transcoder.encoding.Pictures;
import dev.fireside.transcoder.encoding.Sound;
import dev.fireside.transcoder.encoding.Stills;
import dev.fireside.transcoder.packaging.Stream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.jspecify.annotations.Nullable;

/// What is made of a clip, in the order of how soon somebody waits for it: sound, the first quality
/// with the small pictures, the poster, the other qualities, the preview.
final class StreamSteps {
  private static final long SOUND_BITS = 256_000;
  private static final long STILL_BITS = 8_000_000;

  /// Less of a clip than this can be played of one that is damaged.
  private static final double WHOLE = 0.9;

  private static final Duration CUT_MAX = Duration.ofSeconds(1);
  private static final double SOUND_WEIGHT = 1_000_000;
  private static final double STILL_WEIGHT = 500_000;

  private final Workroom room;
  private final Shelf shelf;
  private final Clip clip;

  StreamSteps(Workroom room, Shelf shelf, Clip clip) {
    this.room = room;
    this.shelf = shelf;
    this.clip = clip;
  }

  /// @param coverAt the time of the poster; null for one that is found
  List<Step> all(@Nullable Duration coverAt) {
    var steps = new ArrayList<Step>();
    Clip.AudioTrack audio = clip.audio();
    if (audio != null) {
      steps.add(new SoundStep(audio));
    }
    Clip.VideoTrack video = clip.video();
    if (video != null) {
      List<List<Rung>> ladder = Ladder.steps(Ladder.of(video));
      steps.add(new PictureStep(video, ladder.getFirst(), Thumbnails.of(video, clip.duration())));
      steps.add(new PosterStep(video, coverAt));
      ladder.stream().skip(1).forEach(rungs -> steps.add(new PictureStep(video, rungs, null)));
      steps.add(new PreviewStep(video));
    }
    return List.copyOf(steps);
  }

  private final class SoundStep implements Step {
    private final Clip.AudioTrack audio;

    SoundStep(Clip.AudioTrack audio) {
      this.audio = audio;
    }

    @Override
    public double weight() {
      return SOUND_WEIGHT;
    }

    @Override
    public boolean isMade(Made made) {
      return made.renditions().stream().anyMatch(Rendition::isSound);
    }

    @Override
    public Made make(Made made, DoubleConsumer progress) {
      String messages =
          room.run(
              clip,
              Sound.measuring(Workroom.SOURCE, audio),
              SOUND_BITS,
              done -> progress.accept(done / 2));
      room.run(
          clip,
          Sound.arguments(Workroom.SOURCE, audio, Loudness.parse(messages)),
          SOUND_BITS,
          done -> progress.accept(0.5 + done / 2));
      String file = MediaFiles.media(Rendition.SOUND);
      return published(made, List.of(read(() -> Stream.sound(room.file(file)))), List.of());
    }
  }

  private final class PictureStep implements Step {
    private final Clip.VideoTrack video;
    private final List<Rung> rungs;
    private final @Nullable Thumbnails thumbnails;

    PictureStep(Clip.VideoTrack video, List<Rung> rungs, @Nullable Thumbnails thumbnails) {
      this.video = video;
      this.rungs = rungs;
      this.thumbnails = thumbnails;
    }

    @Override
    public double weight() {
      return rungs.stream().mapToDouble(Rung::averageBits).sum();
    }

    @Override
    public boolean isMade(Made made) {
      return rungs.stream()
          .allMatch(rung ->
              made.renditions().stream().anyMatch(other -> other.name().equals(rung.name())));
    }

    @Override
    public Made make(Made made, DoubleConsumer progress) {
      long bits = rungs.stream().mapToLong(Rung::maxBits).max().orElse(0);
      List<String> arguments =
          Pictures.arguments(
              Workroom.SOURCE,
              video,
              rungs,
              thumbnails,
              room.ffmpeg().encoder(),
              room.settings().threads());
      room.run(clip, arguments, bits, progress);
      List<Stream> streams =
          rungs.stream()
              .map(rung ->
                  read(() ->
                      Stream.picture(rung, video.rate(), room.file(MediaFiles.media(rung.name())))))
              .toList();
      return published(made, streams, thumbnails == null ? List.of() : thumbnails(streams));
    }

    private List<String> thumbnails(List<Stream> streams) {
      Duration duration = streams.getFirst().duration();
      String track = Thumbnails.of(video, clip.duration()).track(duration);
      shelf.put(room.file(MediaFiles.THUMBNAILS));
      shelf.put(MediaFiles.THUMBNAIL_TRACK, track, true);
      return List.of(MediaFiles.THUMBNAILS, MediaFiles.THUMBNAIL_TRACK);
    }
  }

  private final class PosterStep implements Step {
    private final Clip.VideoTrack video;
    private final @Nullable Duration at;

    PosterStep(Clip.VideoTrack video, @Nullable Duration at) {
      this.video = video;
      this.at = at;
    }

    @Override
    public double weight() {
      return STILL_WEIGHT;
    }

    @Override
    public boolean isMade(Made made) {
      return made.has(MediaFiles.POSTER_JPEG);
    }

    @Override
    public Made make(Made made, DoubleConsumer progress) {
      room.run(clip, Stills.poster(Workroom.SOURCE, clip, video, at), STILL_BITS, progress);
      var files = new ArrayList<>(MediaFiles.pictures());
      files.add(MediaFiles.POSTER_JPEG);
      files.forEach(file -> shelf.put(room.file(file)));
      return new Made(
              made.duration(), video.width(), video.height(), made.renditions(), made.files())
          .plus(files);
    }
  }

  private final class PreviewStep implements Step {
    private final Clip.VideoTrack video;

    PreviewStep(Clip.VideoTrack video) {
      this.video = video;
    }

    @Override
    public double weight() {
      return STILL_WEIGHT;
    }

    @Override
    public boolean isMade(Made made) {
      return made.has(MediaFiles.PREVIEW);
    }

    @Override
    public Made make(Made made, DoubleConsumer progress) {
      room.run(clip, Stills.preview(Workroom.SOURCE, clip, video), STILL_BITS, progress);
      shelf.put(room.file(MediaFiles.PREVIEW));
      return made.plus(List.of(MediaFiles.PREVIEW));
    }
  }

  /// Puts streams where they are served, and then what lists them.
  private Made published(Made made, List<Stream> streams, List<String> files) {
    checkWhole(streams);
    for (Stream stream : streams) {
      shelf.put(room.file(MediaFiles.media(stream.rendition().name())));
      shelf.put(MediaFiles.playlist(stream.rendition().name()), stream.playlist(), true);
    }
    room.drop(streams.stream().map(stream -> MediaFiles.media(stream.rendition().name())).toList());
    return StreamLists.with(made, clip, streams, files);
  }

  /// A damaged clip ends too soon. The sound may do so beside a picture that does not.
  private void checkWhole(List<Stream> streams) {
    Stream first = streams.getFirst();
    if (clip.video() != null && first.rendition().isSound()) {
      return;
    }
    double played = first.duration().toMillis();
    if (played < WHOLE * clip.pictureDuration().toMillis() - CUT_MAX.toMillis()) {
      throw new ClipException(
          TranscodeFailure.DAMAGED,
          "ends after " + first.duration() + " of " + clip.pictureDuration());
    }
  }

  /// Reads a file that ffmpeg made: where it made none, there was nothing to be seen or heard.
  private static Stream read(Reading reading) {
    try {
      return reading.read();
    } catch (IOException e) {
      throw new ClipException(TranscodeFailure.DAMAGED, e.getMessage());
    }
  }

  @FunctionalInterface
  private interface Reading {
    Stream read() throws IOException;
  }
}

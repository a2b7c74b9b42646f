package dev.fireside.transcoder;

import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.transcoder.domain.Clip;
import dev.fireside.transcoder.encoding.Stills;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleConsumer;

/// The sizes of an image.
final class ImageStep implements Step {
  private static final long BITS = 64_000_000;

  private final Workroom room;
  private final Shelf shelf;
  private final Clip clip;
  private final Clip.VideoTrack image;

  ImageStep(Workroom room, Shelf shelf, Clip clip, Clip.VideoTrack image) {
    this.room = room;
    this.shelf = shelf;
    this.clip = clip;
    this.image = image;
  }

  @Override
  public double weight() {
    return 1;
  }

  @Override
  public boolean isMade(Made made) {
    return made.has(MediaFiles.pictures().getLast());
  }

  @Override
  public Made make(Made made, DoubleConsumer progress) {
    room.run(clip, Stills.image(Workroom.SOURCE, image), BITS, progress);
    List<String> files = Stills.imageFiles();
    files.forEach(file -> shelf.put(room.file(file)));
    return new Made(Duration.ZERO, image.width(), image.height(), List.of(), files);
  }
}

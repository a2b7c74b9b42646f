package dev.fireside.transcoder;

import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.NewObject;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.Platform;
import dev.fireside.transcoder.ffmpeg.Ffmpeg;
import java.nio.file.Path;
import java.util.UUID;
import java.util.function.Function;

/// Places orders, has them made in this process, and looks at what is served.
final class Desk {
  private final Platform platform;
  private final MediaStorage storage;
  final TranscodeStore store;
  final Path scratch = Path.of("target", "scratch-" + UUID.randomUUID()).toAbsolutePath();

  Desk(Platform platform) {
    this.platform = platform;
    this.storage = MediaStorage.of(platform);
    this.store = new TranscodeStore(platform.documents());
  }

  String order(byte[] sent, Function<String, TranscodeOrder> order) {
    String id = platform.ids().next();
    String source = "uploads/" + id;
    storage.uploads().put(new NewObject(source, "application/octet-stream", ""), sent);
    store.create(id, order.apply(source), platform.clock().instant());
    return id;
  }

  String video(byte[] sent) {
    return order(sent, source -> new TranscodeOrder.Video(source, null));
  }

  MakeOrder.Outcome make(String id) {
    try (var ffmpeg = new Ffmpeg(TestClips.INSTALLATION)) {
      return maker(ffmpeg).make(id);
    }
  }

  MakeOrder maker(Ffmpeg ffmpeg) {
    Settings ours = Settings.of(platform.config());
    var settings =
        new Settings(
            scratch,
            ours.scratchBytes(),
            ours.durationMax(),
            ours.threads(),
            ours.memoryBytes(),
            null,
            ours.encoder());
    return new MakeOrder(store, storage, ffmpeg, settings, platform.clock());
  }

  TranscodeState state(String id) {
    return store.find(id).orElseThrow().state();
  }

  Served served(String id) {
    return new Served(storage.served(), id);
  }
}

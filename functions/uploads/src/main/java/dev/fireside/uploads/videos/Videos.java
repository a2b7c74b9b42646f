package dev.fireside.uploads.videos;

import dev.fireside.media.store.Jobs;
import dev.fireside.media.store.MediaStorage;
import dev.fireside.media.store.TranscodeStore;
import dev.fireside.shared.Platform;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.uploads.links.Links;
import dev.fireside.uploads.links.PlayTokens;
import dev.fireside.uploads.sessions.domain.UploadLimits;
import dev.fireside.uploads.sessions.store.UploadStore;
import dev.fireside.uploads.videos.store.VideoStore;

/// The use cases of videos, put together.
public final class Videos {
  private final Platform platform;
  private final Links links;
  private final UploadStore uploads;
  private final TranscodeStore transcodes;
  private final VideoStore videos;

  public Videos(Platform platform) {
    this.platform = platform;
    this.links = new Links(platform);
    this.uploads = new UploadStore(platform, UploadLimits.of(platform.config()));
    this.transcodes = new TranscodeStore(platform.documents());
    this.videos = new VideoStore(platform, uploads, links.base());
  }

  /// Addresses of what is served.
  public Links links() {
    return links;
  }

  /// Finds a video for whoever may watch it.
  public WatchVideo watchVideo() {
    return new WatchVideo(platform, videos);
  }

  /// Has videos made.
  public OrderVideo orderVideo() {
    return new OrderVideo(uploads, videos, transcodes, platform.clock());
  }

  /// Follows how they are made.
  public FollowTranscode followTranscode() {
    return new FollowTranscode(videos, transcodes, startTranscodes());
  }

  /// Asks for jobs that are due.
  public StartTranscodes startTranscodes() {
    return new StartTranscodes(transcodes, Jobs.of(platform), platform.clock());
  }

  /// Publishes and removes what is due.
  public TendVideos tendVideos() {
    return new TendVideos(videos, deleteVideo());
  }

  CreateVideo createVideo() {
    return new CreateVideo(videos, new ProfileReader(platform));
  }

  ReadVideos readVideos() {
    return new ReadVideos(watchVideo(), videos, new PresentVideo(links, new PlayTokens(platform)));
  }

  EditVideo editVideo() {
    return new EditVideo(videos);
  }

  DeleteVideo deleteVideo() {
    return new DeleteVideo(videos, uploads, transcodes, MediaStorage.of(platform));
  }

  ChangeCover changeCover() {
    return new ChangeCover(editVideo(), videos, uploads, transcodes, deleteVideo());
  }

  ChangeCaptions changeCaptions() {
    return new ChangeCaptions(editVideo(), videos, MediaStorage.of(platform).served());
  }
}

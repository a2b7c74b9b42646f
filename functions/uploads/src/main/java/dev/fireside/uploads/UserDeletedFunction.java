package dev.fireside.uploads;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.PersonDeletedFunction;
import dev.fireside.uploads.sessions.CancelUpload;
import dev.fireside.uploads.sessions.Sessions;
import dev.fireside.uploads.videos.TendVideos;
import dev.fireside.uploads.videos.Videos;

/// Deletes the videos and uploads of a person who is gone.
public final class UserDeletedFunction extends PersonDeletedFunction {
  private final TendVideos tendVideos;
  private final CancelUpload cancelUpload;

  public UserDeletedFunction() {
    this(Platform.current());
  }

  UserDeletedFunction(Platform platform) {
    super(platform);
    this.tendVideos = new Videos(platform).tendVideos();
    this.cancelUpload = Sessions.of(platform).cancelUpload();
  }

  @Override
  protected void onDeleted(Uid uid) {
    tendVideos.deleteAllOf(uid);
    cancelUpload.cancelAllOf(uid);
  }
}

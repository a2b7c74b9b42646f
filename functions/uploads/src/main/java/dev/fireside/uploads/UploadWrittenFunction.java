package dev.fireside.uploads;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Ids;
import dev.fireside.uploads.videos.OrderVideo;
import dev.fireside.uploads.videos.Videos;

/// Has a video made once its upload is accepted.
public final class UploadWrittenFunction extends FirestoreFunction {
  private final OrderVideo orderVideo;

  public UploadWrittenFunction() {
    this(Platform.current());
  }

  UploadWrittenFunction(Platform platform) {
    super(platform);
    this.orderVideo = new Videos(platform).orderVideo();
  }

  @Override
  protected void on(DocumentChange change) {
    orderVideo.order(Ids.fromDocumentName(change.id()));
  }
}

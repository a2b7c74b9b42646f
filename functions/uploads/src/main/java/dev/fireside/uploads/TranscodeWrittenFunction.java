package dev.fireside.uploads;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;
import dev.fireside.shared.ids.Ids;
import dev.fireside.uploads.videos.FollowTranscode;
import dev.fireside.uploads.videos.Videos;

/// Follows how videos are made.
public final class TranscodeWrittenFunction extends FirestoreFunction {
  private final FollowTranscode followTranscode;

  public TranscodeWrittenFunction() {
    this(Platform.current());
  }

  TranscodeWrittenFunction(Platform platform) {
    super(platform);
    this.followTranscode = new Videos(platform).followTranscode();
  }

  @Override
  protected void on(DocumentChange change) {
    followTranscode.follow(Ids.fromDocumentName(change.id()));
  }
}

package dev.fireside.uploads;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ObjectChange;
import dev.fireside.shared.events.StorageFunction;
import dev.fireside.uploads.sessions.CheckUpload;
import dev.fireside.uploads.sessions.Sessions;

/// Makes sure of what was uploaded.
public final class UploadFinalizedFunction extends StorageFunction {
  private final CheckUpload checkUpload;

  public UploadFinalizedFunction() {
    this(Platform.current());
  }

  UploadFinalizedFunction(Platform platform) {
    super(platform);
    this.checkUpload = Sessions.of(platform).checkUpload();
  }

  @Override
  protected void on(ObjectChange change) {
    checkUpload.check(change.name());
  }
}

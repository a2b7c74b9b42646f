package dev.fireside.uploads.sessions.domain;

/// What a person has begun to upload in a day.
///
/// @param uploads how many
/// @param bytes their bytes, together
public record DayUse(long uploads, long bytes) {
  public static final DayUse NONE = new DayUse(0, 0);

  /// With one more upload.
  public DayUse plus(Upload upload) {
    return new DayUse(uploads + 1, bytes + upload.bytes());
  }

  /// Without an upload that was counted.
  public DayUse minus(Upload upload) {
    return new DayUse(Math.max(0, uploads - 1), Math.max(0, bytes - upload.bytes()));
  }

  /// Whether this is still allowed.
  public boolean fits(UploadLimits limits) {
    return uploads <= limits.uploadsPerDay() && bytes <= limits.bytesPerDay();
  }
}

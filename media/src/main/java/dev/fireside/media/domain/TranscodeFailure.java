package dev.fireside.media.domain;

/// Why nothing could be made of an upload: what a person is told.
public enum TranscodeFailure {
  NOT_MEDIA("This is neither a video nor a sound that we know."),
  NOT_AN_IMAGE("This is not an image that we know."),
  NO_SOUND("There is no sound in this file."),
  TOO_LONG("This is longer than videos may be."),
  TOO_LARGE("This takes more room or has larger pictures than videos may."),
  DAMAGED("This file is damaged: much of it cannot be played."),
  UNSUPPORTED("This was made with a codec that we cannot read."),
  SOURCE_GONE("The upload is not there any more."),
  GAVE_UP("This could not be converted in several attempts.");

  private final String sentence;

  TranscodeFailure(String sentence) {
    this.sentence = sentence;
  }

  /// In words for whoever uploaded it.
  public String sentence() {
    return sentence;
  }
}

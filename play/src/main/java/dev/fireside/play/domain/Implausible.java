package dev.fireside.play.domain;

/// Why a board's rules do not believe the score of a session.
public enum Implausible {
  TOO_SHORT("The session was shorter than the board asks for"),
  TOO_FEW_EVENTS("The session has fewer events than the board asks for"),
  TOO_FAST("The score is more than the board believes for so short a session"),
  NOT_THE_SUM("The score is not the sum of the points of the session's events");

  private final String sentence;

  Implausible(String sentence) {
    this.sentence = sentence;
  }

  /// One sentence for people.
  public String sentence() {
    return sentence;
  }
}

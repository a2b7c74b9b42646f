package dev.fireside.uploads.sessions.domain;

/// Why an upload cannot be used. `docs/problems.md` explains each.
public enum Refusal {
  /// Not all bytes came in time.
  EXPIRED("Not all of the file came in time."),
  /// Nothing was made of it in time.
  UNUSED("Nothing was made of the file in time."),
  /// There are no bytes.
  EMPTY("The file is empty."),
  /// Other than as many bytes as were announced.
  WRONG_SIZE("The file has another size than was announced."),
  /// The bytes have another SHA-256 than was announced.
  WRONG_CHECKSUM("The file changed on its way."),
  /// The bytes are not of a type that this kind of upload can have.
  WRONG_TYPE("This is not a kind of file that can be used here."),
  /// The bytes are something else as well, such as a web page or an archive.
  POLYGLOT("This file is something else as well."),
  /// The container names other files, as a playlist does.
  REFERENCES("This file names other files instead of holding what they hold."),
  /// The bytes end too early, or contradict themselves.
  BROKEN("The file is damaged, or ends too early."),
  /// The picture has more pixels than can be worked on.
  TOO_LARGE("The picture is too large.");

  private final String sentence;

  Refusal(String sentence) {
    this.sentence = sentence;
  }

  /// In words for whoever uploaded it.
  public String sentence() {
    return sentence;
  }
}

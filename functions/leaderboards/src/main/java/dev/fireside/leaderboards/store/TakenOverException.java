package dev.fireside.leaderboards.store;

/// Another worker has taken a period over, after this one had not been heard of for too long:
/// nothing of it may be written any more.
public final class TakenOverException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TakenOverException(String path) {
    super(path + " is another worker's");
  }
}

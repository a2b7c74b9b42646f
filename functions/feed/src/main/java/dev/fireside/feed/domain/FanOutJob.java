package dev.fireside.feed.domain;

/// Why an author's active followers are walked through.
public enum FanOutJob {
  /// A post goes into their timelines.
  POST,
  /// The author goes back from pull to push: their outbox goes into the timelines.
  RETURN,
  /// Followers who stopped reading are forgotten, so that a pulled author can go back to push.
  REVIEW
}

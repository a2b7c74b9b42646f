package dev.fireside.shared.http;

import dev.fireside.shared.redis.Batch;

/// What answers requests of a route whose first reads need not wait for the filters: they go in the
/// same round trip as the caller's account and rate limit.
@FunctionalInterface
public interface OpeningHandler {
  /// Adds reads to the batch, and answers with what goes on once it has run. The caller may turn
  /// out to be nobody, or to have no calls left: then nothing goes on, and nothing of what was read
  /// is shown. Hence this may only read.
  Handler open(Request request, Batch batch);
}

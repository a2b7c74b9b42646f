package dev.fireside.shared.http;

/// Answers a request. What it throws becomes a problem.
@FunctionalInterface
public interface Handler {
  Response handle(Request request);
}

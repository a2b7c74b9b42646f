package dev.fireside.benchmarks.http;

import java.util.Locale;

/// What is asked for.
enum Page {
  /// The first page of the reader's home feed.
  HOME("feed", "/api/feed"),
  /// The profile of somebody else.
  PROFILE("accounts", "/api/users/"),
  /// The first page of what is trending.
  TRENDING("feed", "/api/trending"),
  /// The health of the process.
  HEALTH("feed", "/health");

  private final String function;
  private final String path;

  Page(String function, String path) {
    this.function = function;
    this.path = path;
  }

  /// The function that answers it.
  String function() {
    return function;
  }

  /// The path, for one reader.
  String path(int reader) {
    return this == PROFILE ? path + World.uid(World.watched(reader)) : path;
  }

  /// Whether it is about somebody.
  boolean isPersonal() {
    return this != HEALTH;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}

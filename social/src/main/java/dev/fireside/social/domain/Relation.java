package dev.fireside.social.domain;

/// How a viewer stands to another person.
///
/// @param follows the viewer follows them
/// @param blocked either has blocked the other
/// @param mutes the viewer does not want them in feeds
public record Relation(boolean follows, boolean blocked, boolean mutes) {
  /// Strangers, and how anonymous viewers stand to everybody.
  public static final Relation NONE = new Relation(false, false, false);
}

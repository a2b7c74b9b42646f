package dev.fireside.chat.domain;

/// What a member of a chat may do; each may what those below it may.
public enum Role {
  /// Makes admins, and hands the group over.
  OWNER,
  /// Invites and removes members, names the group, takes away what others wrote.
  ADMIN,
  MEMBER;

  /// Whether this one stands above another.
  public boolean isAbove(Role other) {
    return compareTo(other) < 0;
  }

  /// Whether this one leads the group.
  public boolean leads() {
    return this != MEMBER;
  }
}

package dev.fireside.shared.manifest;

/// How far Java compiles a function while it runs (docs/decisions/0015).
public enum Jit {
  /// Quickly: for instances that live shortly or do little, whose first answers count most.
  C1,
  /// Again, and thoroughly, what runs often: for functions that are called all the time.
  C2
}

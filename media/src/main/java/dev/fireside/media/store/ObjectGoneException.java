package dev.fireside.media.store;

/// An object, or this version of it, is not there any more.
public final class ObjectGoneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ObjectGoneException(String name) {
    super("There is no object " + name);
  }
}

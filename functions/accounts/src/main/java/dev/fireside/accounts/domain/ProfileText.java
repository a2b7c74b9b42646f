package dev.fireside.accounts.domain;

/// How long the texts of a profile may be.
public final class ProfileText {
  /// Most characters of a display name.
  public static final int NAME_MAX = 50;

  /// Most characters of a biography.
  public static final int BIO_MAX = 300;

  /// Most characters of a picture's address.
  public static final int URL_MAX = 2_048;

  private ProfileText() {}
}

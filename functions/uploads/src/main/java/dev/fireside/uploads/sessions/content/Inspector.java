package dev.fireside.uploads.sessions.content;

import dev.fireside.uploads.sessions.domain.Refusal;
import dev.fireside.uploads.sessions.domain.UploadKind;
import java.util.Set;

/// Looks at the bytes of an upload: what they are by their own word, whether they are whole as far
/// as headers say, and whether they are something else as well. What is inside is judged by whoever
/// decodes it.
public final class Inspector {
  private static final int HEAD_BYTES = 64 * 1024;

  private static final Set<String> PICTURES =
      Set.of("image/jpeg", "image/png", "image/gif", "image/webp", "image/avif", "image/heic");

  private static final Set<String> FILMS =
      Set.of(
          "video/mp4",
          "video/quicktime",
          "video/x-m4v",
          "video/3gpp",
          "video/3gpp2",
          "video/x-matroska",
          "video/webm",
          "video/mp2t",
          "video/mpeg",
          "video/x-msvideo",
          "video/x-flv",
          "video/ogg");

  /// Containers of films may hold nothing but sound.
  private static final Set<String> SOUNDS =
      Set.of(
          "audio/mp4",
          "audio/mpeg",
          "audio/aac",
          "audio/ogg",
          "audio/wav",
          "audio/flac",
          "video/ogg",
          "video/mp4",
          "video/quicktime",
          "video/webm",
          "video/x-matroska");

  /// Lists of other files.
  private static final Set<String> LISTS =
      Set.of(
          "application/vnd.apple.mpegurl",
          "audio/x-mpegurl",
          "application/dash+xml",
          "application/smil+xml",
          "application/vnd.ms-asf");

  private Inspector() {}

  /// Judges bytes, whose kind was said; never throws for what is in them.
  public static Verdict inspect(UploadKind kind, Bytes bytes) {
    if (bytes.size() == 0) {
      return new Verdict.Refused(Refusal.EMPTY);
    }
    try {
      return judged(kind, new Window(bytes));
    } catch (BrokenException e) {
      return new Verdict.Refused(Refusal.BROKEN);
    }
  }

  private static Verdict judged(UploadKind kind, Window window) {
    byte[] head = window.upTo(0, HEAD_BYTES);
    String type = Types.of(head);
    if (LISTS.contains(type) || Types.isList(head)) {
      return new Verdict.Refused(Refusal.REFERENCES);
    }
    if (!allowed(kind).contains(type)) {
      return new Verdict.Refused(Refusal.WRONG_TYPE);
    }
    if (Polyglots.has(head, window)) {
      return new Verdict.Refused(Refusal.POLYGLOT);
    }
    if (PICTURES.contains(type)) {
      return picture(type, window);
    }
    return switch (type) {
      case "video/mp4",
          "video/quicktime",
          "video/x-m4v",
          "video/3gpp",
          "video/3gpp2",
          "audio/mp4" ->
          Boxes.refersElsewhere(window)
              ? new Verdict.Refused(Refusal.REFERENCES)
              : new Verdict.Fine(type, 0, 0);
      case "video/x-msvideo", "audio/wav" -> whole(type, Riff.isWhole(window));
      case "video/webm", "video/x-matroska" -> whole(type, Ebml.isWhole(window));
      default -> new Verdict.Fine(type, 0, 0);
    };
  }

  private static Set<String> allowed(UploadKind kind) {
    return switch (kind) {
      case VIDEO -> FILMS;
      case AUDIO -> SOUNDS;
      case IMAGE, AVATAR -> PICTURES;
    };
  }

  private static Verdict whole(String type, boolean isWhole) {
    return isWhole ? new Verdict.Fine(type, 0, 0) : new Verdict.Refused(Refusal.BROKEN);
  }

  private static Verdict picture(String type, Window window) {
    Pictures.Size size = Pictures.size(type, window);
    if (size.width() < 1 || size.height() < 1 || !Pictures.isWhole(type, window)) {
      return new Verdict.Refused(Refusal.BROKEN);
    }
    return size.isTooLarge()
        ? new Verdict.Refused(Refusal.TOO_LARGE)
        : new Verdict.Fine(type, (int) size.width(), (int) size.height());
  }
}

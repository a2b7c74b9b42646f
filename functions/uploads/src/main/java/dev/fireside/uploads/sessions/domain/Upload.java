package dev.fireside.uploads.sessions.domain;

import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Bytes that somebody sends, or has sent.
///
/// @param id a ULID
/// @param contentType as its owner declared it
/// @param bytes as its owner declared them; Cloud Storage takes no other number
/// @param sha256 of the bytes, in lower-case hexadecimal, where its owner declared it
/// @param session where the bytes are sent to: known to its owner and to us; null before it is open
/// @param refusal why it cannot be used; null unless it was refused
/// @param checked what its bytes are; null unless it was accepted
/// @param usedBy the id of what was made of it; null before
/// @param createdAt when it was begun
/// @param expiresAt until when its bytes may come
public record Upload(
    String id,
    Uid owner,
    UploadKind kind,
    String contentType,
    long bytes,
    @Nullable String sha256,
    UploadState state,
    @Nullable URI session,
    @Nullable Refusal refusal,
    @Nullable Checked checked,
    @Nullable String usedBy,
    Instant createdAt,
    Instant expiresAt) {
  private static final String FOLDER = "uploads/";

  /// An upload that begins.
  public static Upload begun(
      String id,
      Uid owner,
      UploadKind kind,
      String contentType,
      long bytes,
      @Nullable String sha256,
      Instant createdAt,
      Instant expiresAt) {
    return new Upload(
        id,
        owner,
        kind,
        contentType,
        bytes,
        sha256,
        UploadState.WAITING,
        null,
        null,
        null,
        null,
        createdAt,
        expiresAt);
  }

  /// The name of its object: made of its id alone.
  public String object() {
    return FOLDER + Ids.documentName(id);
  }

  /// The id of the upload whose object has this name; null for another object's.
  public static @Nullable String idOf(String object) {
    if (!object.startsWith(FOLDER) || object.length() != FOLDER.length() + Ids.LENGTH) {
      return null;
    }
    String id = Ids.fromDocumentName(object.substring(FOLDER.length()));
    return Ids.isUlid(id) ? id : null;
  }

  /// The day, in UTC, whose quota it counts against.
  public LocalDate day() {
    return LocalDate.ofInstant(createdAt, ZoneOffset.UTC);
  }

  /// Whether it is of no use until something is made of it: pictures and sounds are ready by
  /// themselves.
  public boolean isToBeUsed() {
    return kind == UploadKind.VIDEO && usedBy == null;
  }

  /// The same, to be sent to `session`.
  public Upload openedAt(URI opened) {
    return with(state, opened, refusal, checked, usedBy);
  }

  /// The same in another state.
  public Upload in(UploadState next) {
    return with(next, session, null, null, usedBy);
  }

  /// The same, refused.
  public Upload refused(Refusal why) {
    return with(UploadState.REFUSED, session, why, null, usedBy);
  }

  /// The same, accepted.
  public Upload accepted(Checked what) {
    return with(UploadState.ACCEPTED, session, null, what, usedBy);
  }

  /// The same, made into something.
  public Upload usedBy(String what) {
    return with(state, session, refusal, checked, what);
  }

  private Upload with(
      UploadState next,
      @Nullable URI opened,
      @Nullable Refusal why,
      @Nullable Checked what,
      @Nullable String user) {
    return new Upload(
        id,
        owner,
        kind,
        contentType,
        bytes,
        sha256,
        next,
        opened,
        why,
        what,
        user,
        createdAt,
        expiresAt);
  }
}

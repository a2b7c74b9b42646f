package dev.fireside.uploads.sessions;

import dev.fireside.shared.json.WireNames;
import dev.fireside.uploads.sessions.domain.Checked;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.domain.UploadState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An upload as its owner sees it.
///
/// @param state `waiting`, `receiving`, `checking`, `accepted` or `refused`
/// @param reason why it was refused; null unless it was
/// @param contentType what the bytes are once that is known, what was declared before
/// @param receivedBytes how many are kept: go on behind them
/// @param uploadUrl where the bytes are sent; null once they are all there
/// @param expiresAt until when they may come; null once they are all there
public record UploadView(
    String id,
    String kind,
    String state,
    @Nullable String reason,
    String contentType,
    long bytes,
    long receivedBytes,
    @Nullable String uploadUrl,
    @Nullable Instant expiresAt,
    Instant createdAt) {
  static UploadView of(Upload upload, String state, long received) {
    boolean open = upload.state() == UploadState.WAITING && upload.session() != null;
    Checked checked = upload.checked();
    return new UploadView(
        upload.id(),
        WireNames.of(upload.kind()),
        state,
        upload.refusal() == null ? null : WireNames.of(upload.refusal()),
        checked == null ? upload.contentType() : checked.contentType(),
        upload.bytes(),
        received,
        open ? String.valueOf(upload.session()) : null,
        open ? upload.expiresAt() : null,
        upload.createdAt());
  }
}

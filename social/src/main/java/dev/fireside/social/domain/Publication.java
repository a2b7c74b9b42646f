package dev.fireside.social.domain;

import dev.fireside.shared.ids.Uid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A post that stands for something else, such as a video. Whose it is says what the post shall be,
/// and posts follows.
///
/// @param id of the post, a ULID of the time when it was to be written
/// @param text as the post begins; its author may change it later
/// @param visibility who may see it; null once it is to be taken back, which is for good
public record Publication(
    String id, Uid author, String text, List<Media> media, @Nullable Visibility visibility) {
  public Publication {
    media = List.copyOf(media);
  }
}

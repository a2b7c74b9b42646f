package dev.fireside.uploads.videos.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What its owner says of a video.
///
/// @param sound what is heard in it, in words; null for nothing said
/// @param draft whether it shall not be published yet
/// @param publishAt not before then; null for as soon as it can be played
/// @param downloads whether others may take it with them
public record VideoDetails(
    String title,
    String description,
    List<String> tags,
    VideoVisibility visibility,
    @Nullable String sound,
    boolean draft,
    @Nullable Instant publishAt,
    boolean downloads) {
  public static final int TITLE_MAX = 100;
  public static final int DESCRIPTION_MAX = 5_000;
  public static final int TAGS_MAX = 30;
  public static final int TAG_MAX = 50;
  public static final int SOUND_MAX = 200;

  public VideoDetails {
    tags = List.copyOf(tags);
  }
}

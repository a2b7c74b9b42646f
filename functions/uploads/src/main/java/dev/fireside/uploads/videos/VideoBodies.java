package dev.fireside.uploads.videos;

import dev.fireside.shared.http.Input;
import dev.fireside.shared.ids.Ids;
import dev.fireside.social.domain.Hashtag;
import dev.fireside.uploads.videos.domain.VideoDetails;
import dev.fireside.uploads.videos.domain.VideoVisibility;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Reads the bodies about videos.
final class VideoBodies {
  /// Longer than any video.
  private static final long COVER_AT_MAX = Duration.ofHours(24).toMillis();

  /// Later than anybody plans, and what every store can hold.
  private static final Instant PUBLISH_MAX = Instant.parse("9000-01-01T00:00:00Z");

  private static final VideoDetails NOTHING_SAID =
      new VideoDetails("", "", List.of(), VideoVisibility.PUBLIC, null, false, null, false);

  private VideoBodies() {}

  static CreateVideo.Wish wish(Input in) {
    String upload = id(in, "uploadId");
    if (in.isAbsent("title")) {
      in.reject("title", "is missing");
    }
    Duration coverAt =
        in.isAbsent("coverAtMillis")
            ? null
            : Duration.ofMillis(in.number("coverAtMillis", 0, COVER_AT_MAX));
    return new CreateVideo.Wish(upload, edit(in).apply(NOTHING_SAID), coverAt);
  }

  static String id(Input in, String field) {
    String id = in.text(field, 1, 100).toUpperCase(Locale.ROOT);
    if (!id.isEmpty() && !Ids.isUlid(id)) {
      in.reject(field, "must be an id");
      return "";
    }
    return id;
  }

  /// What a body changes: what is absent stays, null clears.
  static UnaryOperator<VideoDetails> edit(Input in) {
    String title = in.optionalText("title", 1, VideoDetails.TITLE_MAX);
    String description = in.optionalText("description", 0, VideoDetails.DESCRIPTION_MAX);
    List<String> tags = tags(in);
    VideoVisibility visibility = in.optionalOneOf("visibility", VideoVisibility.class);
    String sound = in.optionalText("sound", 1, VideoDetails.SOUND_MAX);
    Instant publishAt = instant(in, "publishAt");
    boolean draft = in.flag("draft", false);
    boolean downloads = in.flag("downloads", false);
    return before ->
        new VideoDetails(
            title == null ? before.title() : title,
            description == null ? in.has("description") ? "" : before.description() : description,
            in.has("tags") ? tags : before.tags(),
            visibility == null ? before.visibility() : visibility,
            in.has("sound") ? sound : before.sound(),
            in.isAbsent("draft") ? before.draft() : draft,
            in.has("publishAt") ? publishAt : before.publishAt(),
            in.isAbsent("downloads") ? before.downloads() : downloads);
  }

  private static List<String> tags(Input in) {
    List<String> raw = in.texts("tags", VideoDetails.TAGS_MAX, 1, VideoDetails.TAG_MAX);
    List<String> tags = raw.stream().flatMap(tag -> Hashtag.normalise(tag).stream()).toList();
    if (tags.size() < raw.size()) {
      in.reject("tags", "must be words of letters and digits");
    }
    return tags.stream().distinct().toList();
  }

  private static @Nullable Instant instant(Input in, String field) {
    String text = in.optionalText(field, 1, 40);
    if (text == null) {
      return null;
    }
    try {
      Instant at = Instant.parse(text);
      if (at.isAfter(Instant.EPOCH) && at.isBefore(PUBLISH_MAX)) {
        return at;
      }
    } catch (DateTimeException e) {
      // Reported below.
    }
    in.reject(field, "must be an instant such as 2026-12-24T18:00:00Z");
    return null;
  }
}

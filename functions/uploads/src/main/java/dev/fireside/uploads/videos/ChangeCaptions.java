package dev.fireside.uploads.videos;

import dev.fireside.media.store.BucketStore;
import dev.fireside.media.store.NewObject;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.uploads.videos.domain.Subtitles;
import dev.fireside.uploads.videos.domain.Video;
import dev.fireside.uploads.videos.store.VideoStore;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Optional;

/// Adds captions in a language, changes them, and takes them away.
final class ChangeCaptions {
  private final EditVideo editVideo;
  private final VideoStore videos;
  private final BucketStore served;

  ChangeCaptions(EditVideo editVideo, VideoStore videos, BucketStore served) {
    this.editVideo = editVideo;
    this.videos = videos;
    this.served = served;
  }

  /// @param type of the bytes: `text/vtt` or `application/x-subrip`
  void put(Uid owner, String id, String language, String label, String type, byte[] bytes) {
    String text = text(bytes);
    Optional<String> vtt = type.equals("text/vtt") ? Subtitles.vtt(text) : Subtitles.ofSrt(text);
    String good =
        vtt.orElseThrow(() ->
            ProblemException.of(
                ProblemType.MALFORMED_BODY,
                "These captions cannot be read: each cue needs times like 00:01.000 -->"
                    + " 00:04.000"));
    String own = EditVideo.owned(videos, owner, id).id();
    // The file first: a name without a file would be a broken player. Where the name is refused,
    // the file goes with the video.
    served.put(
        new NewObject(CaptionFiles.object(own, language), "text/vtt; charset=utf-8", "no-cache"),
        good.getBytes(StandardCharsets.UTF_8));
    editVideo.change(owner, id, video -> with(video, language, label));
  }

  private static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw ProblemException.of(ProblemType.MALFORMED_BODY, "The captions are not in UTF-8");
    }
  }

  private static Video with(Video video, String language, String label) {
    var captions = new HashMap<>(video.captions());
    captions.put(language, label);
    if (captions.size() > Video.CAPTIONS_MAX) {
      throw ProblemException.conflict(
          Reason.TOO_MANY, "A video has captions in " + Video.CAPTIONS_MAX + " languages at most");
    }
    return video.withCaptions(captions);
  }

  void delete(Uid owner, String id, String language) {
    editVideo.change(
        owner,
        id,
        video -> {
          var captions = new HashMap<>(video.captions());
          captions.remove(language);
          return video.withCaptions(captions);
        });
    served.delete(CaptionFiles.object(id, language));
  }
}

package dev.fireside.uploads.videos.store;

import com.google.cloud.firestore.Query;
import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.Transcode;
import dev.fireside.media.store.TranscodeDocument;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Times;
import dev.fireside.shared.store.Transaction;
import dev.fireside.shared.text.CodePoints;
import dev.fireside.social.domain.Media;
import dev.fireside.social.domain.Publication;
import dev.fireside.social.store.PublicationDocument;
import dev.fireside.uploads.sessions.domain.Upload;
import dev.fireside.uploads.sessions.store.UploadStore;
import dev.fireside.uploads.videos.domain.Video;
import dev.fireside.uploads.videos.domain.VideoDetails;
import dev.fireside.uploads.videos.domain.VideoState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Videos in Firestore, each with its publication: both change in one transaction.
public final class VideoStore {
  /// When a removal is looked at again: whoever was still making something has lost the lease by
  /// then.
  private static final Duration REMOVED_AGAIN = Duration.ofMinutes(15);

  /// What a post shows of a title and a description.
  private static final int TEXT_MAX = 2_000;

  private final Documents documents;
  private final UploadStore uploads;
  private final Ids ids;
  private final Clock clock;
  private final String base;

  /// @param base where the API is for others, such as `https://example.com`; empty for nowhere
  public VideoStore(Platform platform, UploadStore uploads, String base) {
    this.documents = platform.documents();
    this.uploads = uploads;
    this.ids = platform.ids();
    this.clock = platform.clock();
    this.base = base;
  }

  /// A video, and how far the making has come.
  ///
  /// @param transcode null before it is ordered
  public record Entry(Video video, @Nullable Transcode transcode) {
    /// What has been made so far.
    public Made made() {
      return transcode == null ? Made.NOTHING : transcode.state().made();
    }
  }

  /// Makes a video of an upload, unless an earlier attempt of the same request did.
  ///
  /// @param check throws where nothing can be made of the upload
  /// @return the video as it is now; empty where there is no such upload
  public Optional<Video> create(Video video, Consumer<Upload> check) {
    return documents.transact(transaction -> {
      Optional<Document> earlier = transaction.get(VideoDocument.path(video.id()));
      Optional<Upload> upload = uploads.find(transaction, video.origin().uploadId());
      if (earlier.isPresent()) {
        return earlier.map(VideoDocument::parse);
      }
      if (upload.isEmpty()) {
        return Optional.empty();
      }
      check.accept(upload.get());
      uploads.use(transaction, upload.get(), video.id());
      write(transaction, video);
      return Optional.of(video);
    });
  }

  /// A video that is not deleted.
  public Optional<Video> find(String id) {
    return documents
        .get(VideoDocument.path(id))
        .map(VideoDocument::parse)
        .filter(video -> video.state() != VideoState.DELETED);
  }

  /// A video that is not deleted, and how far it is.
  public Optional<Entry> entry(String id) {
    String path = VideoDocument.path(id);
    String transcode = TranscodeDocument.path(id);
    Map<String, Document> found = documents.getAll(List.of(path, transcode));
    return Optional.ofNullable(found.get(path))
        .map(VideoDocument::parse)
        .filter(video -> video.state() != VideoState.DELETED)
        .map(video -> entry(video, found.get(transcode)));
  }

  private static Entry entry(Video video, @Nullable Document transcode) {
    return new Entry(video, transcode == null ? null : TranscodeDocument.parse(transcode));
  }

  /// Changes a video; publishes it where that is due.
  ///
  /// @param change the video as it is to be; the same one to leave it. May throw to refuse, and may
  ///   be asked more than once
  /// @return the video as it is now; empty when there is none
  public Optional<Video> change(String id, UnaryOperator<Video> change) {
    return documents.transact(transaction -> {
      Optional<Video> found = transaction.get(VideoDocument.path(id)).map(VideoDocument::parse);
      if (found.isEmpty()) {
        return found;
      }
      Video before = found.get();
      Video changed = change.apply(before);
      Video after = changed.isDue(clock.instant()) ? changed.published(ids.next()) : changed;
      if (!after.equals(before)) {
        write(transaction, after);
        Publication publication = publication(after);
        if (publication != null && !publication.equals(publication(before))) {
          transaction.set(
              PublicationDocument.path(publication.id()), PublicationDocument.fields(publication));
        }
      }
      return Optional.of(after);
    });
  }

  private void write(Transaction transaction, Video video) {
    transaction.set(VideoDocument.path(video.id()), VideoDocument.fields(video, dueAt(video)));
  }

  private @Nullable Instant dueAt(Video video) {
    Instant publishAt = video.details().publishAt();
    if (video.state() == VideoState.DELETED) {
      return video.making().swept() == 0 ? clock.instant() : clock.instant().plus(REMOVED_AGAIN);
    }
    boolean waits = video.state() == VideoState.READY && video.postId() == null;
    return waits && !video.details().draft() ? publishAt : null;
  }

  /// What the post of a video shall be; null for one that was never published.
  private @Nullable Publication publication(Video video) {
    if (video.postId() == null) {
      return null;
    }
    boolean isOver = video.state() == VideoState.DELETED;
    return new Publication(
        video.postId(),
        video.owner(),
        text(video.details()),
        List.of(
            new Media(
                "video",
                base + "/api/videos/" + video.id() + "/stream/master.m3u8",
                Math.max(1, video.making().width()),
                Math.max(1, video.making().height()))),
        isOver ? null : video.details().visibility().ofPost());
  }

  private static String text(VideoDetails details) {
    var text = new StringBuilder(details.title());
    if (!details.description().isEmpty()) {
      text.append("\n\n").append(details.description());
    }
    details.tags().forEach(tag -> text.append(" #").append(tag));
    return CodePoints.first(text.toString(), TEXT_MAX);
  }

  /// A person's videos, newest first.
  ///
  /// @param state only those in this state; null for all
  /// @param before id after which the list goes on; null for the start
  public List<Entry> ofOwner(
      Uid owner, @Nullable VideoState state, @Nullable String before, int count) {
    Query query = documents.collection("videos").whereEqualTo("owner", owner.value());
    query =
        state == null
            ? query.whereIn("state", List.of("processing", "ready", "failed"))
            : query.whereEqualTo("state", WireNames.of(state));
    query = query.orderBy("id", Query.Direction.DESCENDING).limit(count);
    List<Video> videos =
        documents.list(before == null ? query : query.startAfter(before)).stream()
            .map(VideoDocument::parse)
            .toList();
    Map<String, Document> transcodes =
        documents.getAll(videos.stream().map(video -> TranscodeDocument.path(video.id())).toList());
    var entries = new ArrayList<Entry>();
    for (Video video : videos) {
      entries.add(entry(video, transcodes.get(TranscodeDocument.path(video.id()))));
    }
    return List.copyOf(entries);
  }

  /// Videos that the schedule has to look at, those that wait longest first.
  public List<Video> due(int limit) {
    Query query =
        documents
            .collection("videos")
            .whereLessThanOrEqualTo("dueAt", Times.timestamp(clock.instant()))
            .orderBy("dueAt")
            .limit(limit);
    return documents.list(query).stream().map(VideoDocument::parse).toList();
  }

  /// Forgets a video of which nothing is left.
  public void forget(String id) {
    documents.delete(VideoDocument.path(id));
  }
}

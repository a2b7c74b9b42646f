package dev.fireside.uploads.videos;

import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import dev.fireside.social.domain.Relation;
import dev.fireside.social.domain.Sight;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.RelationReader;
import dev.fireside.uploads.videos.domain.Video;
import dev.fireside.uploads.videos.store.VideoStore;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds a video for somebody who may watch it: its owner at any time, others once it is out.
public final class WatchVideo {
  private final VideoStore videos;
  private final Redis redis;
  private final ProfileReader profiles;
  private final RelationReader relations;

  public WatchVideo(Platform platform, VideoStore videos) {
    this.videos = videos;
    this.redis = platform.redis();
    this.profiles = new ProfileReader(platform);
    this.relations = new RelationReader(platform);
  }

  /// A video that the viewer may watch, and how far it is.
  ///
  /// @param viewer null for anonymous viewers
  public Optional<VideoStore.Entry> watch(@Nullable Uid viewer, String id) {
    return videos.entry(id).filter(entry -> mayWatch(viewer, entry.video()));
  }

  private boolean mayWatch(@Nullable Uid viewer, Video video) {
    Uid owner = video.owner();
    if (!owner.equals(viewer) && !video.isOut()) {
      return false;
    }
    Batch batch = redis.batch();
    var profile = profiles.lookup(batch, List.of(owner));
    var relation = relations.lookup(batch, viewer, List.of(owner));
    batch.runOrGiveUp();
    return Sight.ofWork(
        viewer,
        owner,
        video.details().visibility().sight(),
        profile.get().get(owner),
        relation.get().getOrDefault(owner, Relation.NONE));
  }
}

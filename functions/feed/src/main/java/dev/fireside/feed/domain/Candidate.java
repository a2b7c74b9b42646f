package dev.fireside.feed.domain;

import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostView;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A post that may come into somebody's ranked feed, with what its score is made of.
///
/// @param entry the post
/// @param shown the id of the post that is seen: of a repost, the one it shows
/// @param engagement what people did with it
/// @param reacted whether the viewer reacted to it
/// @param followed whether it comes from somebody the viewer follows, or from the viewer
public record Candidate(
    PostEntry entry, String shown, long engagement, boolean reacted, boolean followed) {
  /// To pass a post on says more than a tap, and reaches more people.
  private static final long SHARE_WEIGHT = 2;

  /// A candidate from what the viewer would be shown; a repost counts as the post it shows.
  public static Candidate of(PostEntry entry, PostView view, boolean followed) {
    PostView shown = view.repeatsAnother() && view.ref() != null ? view.ref() : view;
    return new Candidate(
        entry, shown.id(), engagement(shown.counts()), reacted(shown.viewer()), followed);
  }

  Uid author() {
    return entry.author();
  }

  Instant createdAt() {
    return Ids.instantOf(entry.id());
  }

  private static long engagement(Map<String, Long> counts) {
    long total = 0;
    for (var count : counts.entrySet()) {
      boolean share = count.getKey().equals("reposts") || count.getKey().equals("quotes");
      total += Math.max(0, count.getValue()) * (share ? SHARE_WEIGHT : 1);
    }
    return total;
  }

  private static boolean reacted(PostView.@Nullable ViewerState viewer) {
    return viewer != null && !viewer.reactions().isEmpty();
  }
}

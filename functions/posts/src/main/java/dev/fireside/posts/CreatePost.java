package dev.fireside.posts;

import dev.fireside.posts.domain.PostDraft;
import dev.fireside.posts.store.People;
import dev.fireside.posts.store.PostGate;
import dev.fireside.posts.store.PostStore;
import dev.fireside.posts.store.Sighting;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Entities;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostRef;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.PostView;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.domain.Visibility;
import dev.fireside.social.store.PostAssembler;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes a post, a quote or a repost.
final class CreatePost {
  private final PostStore posts;
  private final PostGate gate;
  private final People people;
  private final ReadPost readPost;

  CreatePost(PostStore posts, PostGate gate, People people, ReadPost readPost) {
    this.posts = posts;
    this.gate = gate;
    this.people = people;
    this.readPost = readPost;
  }

  /// What came of it.
  ///
  /// @param isNew false where the person had reposted that post before: then that repost is shown
  record Outcome(boolean isNew, PostView view) {}

  /// @param id of the new post; the same on every attempt of one request
  Outcome create(Uid author, String id, PostDraft draft) {
    if (draft.shared() == null) {
      return new Outcome(true, original(author, id, draft));
    }
    Post target = target(author, draft, draft.shared());
    var ref = new PostRef(target.id(), target.author());
    Post post = post(author, id, draft, ref, target.quotedAllTheWay());
    String standing = id;
    if (post.kind() == PostKind.REPOST) {
      standing = posts.createRepost(post, ref);
    } else {
      posts.create(post);
    }
    return new Outcome(standing.equals(id), read(author, standing));
  }

  private PostView original(Uid author, String id, PostDraft draft) {
    Profile profile = people.active(author).orElseThrow(Problems::noProfile);
    Post post = post(author, id, draft, null, List.of());
    // Nobody has reacted to what was written just now: nothing has to be looked up.
    return posts.create(post) ? PostAssembler.fresh(post, profile) : read(author, id);
  }

  private PostView read(Uid author, String id) {
    return readPost.read(author, id).orElseThrow(Problems::noSuchPost);
  }

  private Post target(Uid author, PostDraft draft, String shared) {
    String field = draft.kind() == PostKind.REPOST ? "repost" : "quote";
    Sighting sighting = gate.look(author, shared);
    Post target = sighting.post();
    if (target == null) {
      throw Problems.field(ProblemType.NOT_FOUND, field, "is not a post that you can see");
    }
    if (sighting.viewer() == null) {
      throw Problems.noProfile();
    }
    boolean isOpen =
        target.visibility() == Visibility.PUBLIC && target.status() == PostStatus.ACTIVE;
    if (draft.kind() == PostKind.REPOST && !isOpen) {
      throw Problems.field(ProblemType.INVALID_INPUT, field, "is not public");
    }
    return target;
  }

  private Post post(
      Uid author, String id, PostDraft draft, @Nullable PostRef ref, List<Uid> quoted) {
    Entities entities = Entities.of(draft.text());
    return new Post(
        id,
        author,
        draft.kind(),
        draft.text(),
        draft.media(),
        ref,
        draft.visibility(),
        PostStatus.ACTIVE,
        entities.hashtags(),
        people.mentioned(entities),
        quoted,
        Map.of(),
        Ids.instantOf(id),
        null);
  }
}

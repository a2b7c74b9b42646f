package dev.fireside.posts;

import dev.fireside.posts.domain.PostEdit;
import dev.fireside.posts.store.People;
import dev.fireside.posts.store.PostStore;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Entities;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.PostView;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Changes the text or the visibility of one's own post.
final class EditPost {
  private final PostStore posts;
  private final People people;
  private final ReadPost readPost;
  private final Clock clock;

  EditPost(PostStore posts, People people, ReadPost readPost, Clock clock) {
    this.posts = posts;
    this.people = people;
    this.readPost = readPost;
    this.clock = clock;
  }

  PostView edit(Uid editor, String id, PostEdit edit) {
    Entities entities = Entities.of(edit.text() == null ? "" : edit.text());
    List<Uid> mentions = people.mentioned(entities);
    // As the document keeps it, or every edit would look like a change.
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    boolean found =
        posts
            .change(
                id,
                now,
                post -> {
                  check(editor, post);
                  return edited(post, edit, entities, mentions, now);
                })
            .isPresent();
    if (!found) {
      throw Problems.noSuchPost();
    }
    return readPost.read(editor, id).orElseThrow(Problems::noSuchPost);
  }

  private void check(Uid editor, Post post) {
    if (post.status() == PostStatus.DELETED) {
      throw Problems.noSuchPost();
    }
    if (!post.author().equals(editor)) {
      throw readPost.read(editor, post.id()).isPresent()
          ? Problems.notYours()
          : Problems.noSuchPost();
    }
    if (post.kind() == PostKind.REPOST) {
      throw ProblemException.conflict(
          Reason.REPOST, "A repost cannot be edited: delete it to take it back");
    }
  }

  private static Post edited(
      Post post, PostEdit edit, Entities entities, List<Uid> mentions, Instant now) {
    String text = edit.text() == null ? post.text() : edit.text();
    boolean newText = !text.equals(post.text());
    if (newText && text.isEmpty() && post.media().isEmpty()) {
      throw Problems.field(
          ProblemType.INVALID_INPUT, "text", "is needed, since the post has no media");
    }
    return new Post(
        post.id(),
        post.author(),
        post.kind(),
        text,
        post.media(),
        post.ref(),
        edit.visibility() == null ? post.visibility() : edit.visibility(),
        post.status(),
        newText ? entities.hashtags() : post.hashtags(),
        newText ? mentions : post.mentions(),
        post.quoted(),
        post.counts(),
        post.createdAt(),
        newText ? now : post.editedAt());
  }
}

package dev.fireside.posts;

import dev.fireside.posts.domain.Comment;
import dev.fireside.posts.domain.CommentView;
import dev.fireside.posts.store.CommentStore;
import dev.fireside.posts.store.People;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Entities;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Changes the text of one's own comment.
final class EditComment {
  private final CommentStore comments;
  private final People people;
  private final ReadComments readComments;
  private final Clock clock;

  EditComment(CommentStore comments, People people, ReadComments readComments, Clock clock) {
    this.comments = comments;
    this.people = people;
    this.readComments = readComments;
    this.clock = clock;
  }

  CommentView edit(Uid editor, String id, String text) {
    Comment comment = comments.find(id).orElseThrow(Problems::noSuchComment);
    if (comment.deleted() || readComments.read(editor, comment).isEmpty()) {
      throw Problems.noSuchComment();
    }
    if (!editor.equals(comment.author())) {
      throw Problems.notYours();
    }
    List<Uid> mentions = people.mentioned(Entities.of(text));
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Comment edited =
        comments
            .change(
                comment.postId(),
                id,
                now,
                current ->
                    current.deleted() || current.text().equals(text)
                        ? current
                        : current.withText(text, mentions, now))
            .orElseThrow(Problems::noSuchComment);
    return readComments.read(editor, edited).orElseThrow(Problems::noSuchComment);
  }
}

package dev.fireside.posts;

import dev.fireside.posts.domain.Comment;
import dev.fireside.posts.domain.PostDraft;
import dev.fireside.posts.domain.PostEdit;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.ids.Ids;
import dev.fireside.social.MediaBodies;
import dev.fireside.social.domain.Media;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.ReactionKind;
import dev.fireside.social.domain.Visibility;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads the bodies that this module takes.
final class PostBodies {
  private PostBodies() {}

  /// A comment on a post that the body names.
  record CommentOn(String postId, WriteComment.Draft comment) {}

  /// A reaction to a post.
  record ReactionTo(String postId, ReactionKind kind) {}

  static PostDraft draft(Input in) {
    String text = in.optionalText("text", 0, PostDraft.TEXT_MAX);
    List<Media> media = in.objects("media", PostDraft.MEDIA_MAX, MediaBodies::media);
    String repost = optionalId(in, "repost");
    String quote = optionalId(in, "quote");
    Visibility visibility = in.oneOf("visibility", Visibility.PUBLIC);
    if (repost != null) {
      rejectBeside(in, "text", "media", "quote");
      if (visibility != Visibility.PUBLIC) {
        in.reject("visibility", "must be public for a repost");
      }
      return new PostDraft(PostKind.REPOST, "", List.of(), repost, Visibility.PUBLIC);
    }
    boolean noText = text == null ? in.isAbsent("text") : text.isEmpty();
    if (noText && media.isEmpty()) {
      in.reject("text", "is missing, and there is no media either");
    }
    return new PostDraft(
        quote == null ? PostKind.ORIGINAL : PostKind.QUOTE,
        text == null ? "" : text,
        media,
        quote,
        visibility);
  }

  private static void rejectBeside(Input in, String... fields) {
    for (String field : fields) {
      if (!in.isAbsent(field)) {
        in.reject(field, "cannot stand beside repost");
      }
    }
  }

  static PostEdit edit(Input in) {
    String text = in.optionalText("text", 0, PostDraft.TEXT_MAX);
    Visibility visibility = in.optionalOneOf("visibility", Visibility.class);
    if (in.isAbsent("text") && in.isAbsent("visibility")) {
      in.reject("text", "is missing, and so is visibility: nothing would change");
    }
    return new PostEdit(text, visibility);
  }

  static WriteComment.Draft comment(Input in) {
    return new WriteComment.Draft(in.text("text", 1, Comment.TEXT_MAX), optionalId(in, "parent"));
  }

  static CommentOn commentOn(Input in) {
    return new CommentOn(id(in, "postId"), comment(in));
  }

  static String commentText(Input in) {
    return in.text("text", 1, Comment.TEXT_MAX);
  }

  static ReactionTo reaction(Input in) {
    String postId = id(in, "postId");
    ReactionKind kind = in.optionalOneOf("kind", ReactionKind.class);
    if (in.isAbsent("kind")) {
      in.reject("kind", "is missing");
    }
    return new ReactionTo(postId, kind == null ? ReactionKind.LIKE : kind);
  }

  private static String id(Input in, String field) {
    String id = optionalId(in, field);
    if (in.isAbsent(field)) {
      in.reject(field, "is missing");
    }
    return id == null ? "" : id;
  }

  private static @Nullable String optionalId(Input in, String field) {
    String raw = in.optionalText(field, 1, 100);
    if (raw == null) {
      return null;
    }
    String id = raw.toUpperCase(Locale.ROOT);
    if (!Ids.isUlid(id)) {
      in.reject(field, "must be an id");
    }
    return id;
  }
}

package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.Message;
import dev.fireside.chat.domain.Role;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.text.OneLine;
import dev.fireside.social.MediaBodies;
import dev.fireside.social.domain.Media;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Reads the bodies that this module takes.
final class ChatBodies {
  /// People who are brought into a group at once.
  private static final int INVITED_MAX = 50;

  private static final int UID_MAX = 128;
  private static final int URL_MAX = 2_048;
  private static final Pattern CLIENT_ID = Pattern.compile("[!-~]{1,128}");

  private ChatBodies() {}

  /// What is to be opened.
  ///
  /// @param with the other one of a direct chat; null for a group
  record Opening(@Nullable Uid with, String title, List<Uid> members) {}

  static Opening opening(Input in) {
    if (!in.isAbsent("with")) {
      for (String field : List.of("title", "members")) {
        if (!in.isAbsent(field)) {
          in.reject(field, "cannot stand beside with");
        }
      }
      return new Opening(uid(in, "with"), "", List.of());
    }
    if (in.isAbsent("title")) {
      in.reject("title", "is missing, and so is with");
      return new Opening(null, "", List.of());
    }
    return new Opening(null, title(in), uids(in, "members"));
  }

  private static String title(Input in) {
    String title = in.text("title", 1, Chat.TITLE_MAX);
    String fault = OneLine.fault(title);
    if (fault != null) {
      in.reject("title", fault);
    }
    return title;
  }

  static SendMessage.Draft message(Input in) {
    String clientId = in.text("clientId", CLIENT_ID, "must be 1 to 128 visible ASCII characters");
    String text = in.optionalText("text", 0, Message.TEXT_MAX);
    List<Media> media = in.objects("media", Message.MEDIA_MAX, MediaBodies::media);
    boolean noText = text == null ? in.isAbsent("text") : text.isEmpty();
    if (noText && in.isAbsent("media")) {
      in.reject("text", "is missing, and there is no media either");
    } else if (noText && media.isEmpty()) {
      in.reject("media", "is empty, and there is no text either");
    }
    return new SendMessage.Draft(
        clientId, text == null ? "" : text, media, in.number("replyTo", 0, 1, Long.MAX_VALUE));
  }

  static String text(Input in) {
    return in.text("text", 0, Message.TEXT_MAX);
  }

  static long seq(Input in) {
    return in.number("seq", 0, Long.MAX_VALUE);
  }

  /// When a mute ends; null for never.
  static @Nullable Instant until(Input in) {
    return in.optionalInstant("until");
  }

  static List<Uid> invited(Input in) {
    if (in.isAbsent("uids")) {
      in.reject("uids", "is missing");
    }
    return uids(in, "uids");
  }

  static Role role(Input in) {
    Role role = in.optionalOneOf("role", Role.class);
    if (in.isAbsent("role")) {
      in.reject("role", "is missing");
    }
    return role == null ? Role.MEMBER : role;
  }

  static LeadGroup.Edit edit(Input in) {
    if (!in.has("title") && !in.has("avatarUrl")) {
      in.reject("title", "is missing, and so is avatarUrl: nothing would change");
    }
    String title = in.isAbsent("title") ? null : title(in);
    return new LeadGroup.Edit(title, in.optionalUrl("avatarUrl", URL_MAX), !in.has("avatarUrl"));
  }

  private static @Nullable Uid uid(Input in, String field) {
    String text = in.text(field, 1, UID_MAX);
    if (Uid.isValid(text)) {
      return new Uid(text);
    }
    if (!text.isEmpty()) {
      in.reject(field, "must be a uid");
    }
    return null;
  }

  private static List<Uid> uids(Input in, String field) {
    List<String> texts = in.texts(field, INVITED_MAX, 1, UID_MAX);
    var uids = new ArrayList<Uid>();
    for (int i = 0; i < texts.size(); i++) {
      if (Uid.isValid(texts.get(i))) {
        uids.add(new Uid(texts.get(i)));
      } else {
        in.reject(field + "/" + i, "must be a uid");
      }
    }
    return uids;
  }
}

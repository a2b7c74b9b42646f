package dev.fireside.chat;

import dev.fireside.chat.domain.ChatId;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.ids.Uid;

/// What stands in the paths of this module.
final class Paths {
  private static final int SEQ_DIGITS_MAX = 15;

  private Paths() {}

  /// The chat of a path; 404 where the caller cannot have it.
  static ChatId chat(Request request) {
    Uid caller = request.caller().uid();
    return ChatId.parse(request.path("id"))
        .filter(id -> id.fits(caller))
        .orElseThrow(Problems::noSuchChat);
  }

  /// The place of a message in a path; 404 where it is none.
  static long seq(Request request) {
    String text = request.path("seq");
    if (text.isEmpty()
        || text.length() > SEQ_DIGITS_MAX
        || text.charAt(0) == '0'
        || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw Problems.noSuchMessage();
    }
    return Long.parseLong(text);
  }
}

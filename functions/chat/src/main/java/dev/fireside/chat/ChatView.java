package dev.fireside.chat;

import dev.fireside.social.domain.PersonView;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chat as somebody is shown it who has it, or is asked to it.
///
/// @param kind `direct` or `group`
/// @param person the other one of a direct chat; null where they are gone
/// @param role null for who is asked
/// @param request true for who is asked, else absent
/// @param askedBy who asked, where the viewer may see them
/// @param unread messages of others that they have not read; 100 stands for more as well
/// @param read place up to which they have read
/// @param last place of the newest message
/// @param people how many have it or are asked to it
/// @param database where it is live; null where the project has no Realtime Database
/// @param listDatabase the same of the viewer's list of chats
/// @param members null in lists, and for who is asked
record ChatView(
    String id,
    String kind,
    @Nullable String title,
    @Nullable String avatarUrl,
    @Nullable PersonView person,
    @Nullable String role,
    @Nullable Boolean request,
    @Nullable PersonView askedBy,
    boolean muted,
    int unread,
    long read,
    long last,
    @Nullable Instant lastAt,
    @Nullable MessageView lastMessage,
    int people,
    @Nullable String database,
    @Nullable String listDatabase,
    @Nullable List<Member> members,
    Instant createdAt) {

  /// A member whom the viewer may see.
  record Member(PersonView person, String role) {}
}

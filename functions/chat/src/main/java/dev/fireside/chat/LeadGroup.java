package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Circle;
import dev.fireside.chat.domain.Role;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Reason;
import dev.fireside.shared.ids.Uid;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What those who lead a group do: name it, bring people in, remove them, give roles. Anybody may
/// leave.
final class LeadGroup {
  private final Gate gate;
  private final ChatStore chats;
  private final Invitations invitations;

  LeadGroup(Stores stores, Gate gate, Invitations invitations) {
    this.gate = gate;
    this.chats = stores.chats();
    this.invitations = invitations;
  }

  /// @param title null to keep it
  /// @param avatarUrl null for none
  /// @param keepsAvatar whether `avatarUrl` says nothing
  record Edit(@Nullable String title, @Nullable String avatarUrl, boolean keepsAvatar) {}

  Chat edit(Uid caller, ChatId id, Edit edit) {
    return led(
        caller,
        id,
        chat ->
            chat.named(
                edit.title() == null ? chat.title() : edit.title(),
                edit.keepsAvatar() ? chat.avatarUrl() : edit.avatarUrl()));
  }

  Chat invite(Uid caller, ChatId id, List<Uid> others) {
    // Looked up before, once: the chat may be asked for again and again.
    checkLeads(gate.knowing(caller, id), caller);
    Circle wanted = invitations.invited(Circle.EMPTY, caller, others, "uids");
    return led(
        caller,
        id,
        chat -> {
          Circle circle = chat.circle();
          for (Uid uid : wanted.members()) {
            circle = circle.joined(uid);
          }
          for (Uid uid : wanted.asked().keySet()) {
            circle = circle.asking(uid, caller);
          }
          if (circle.size() > Circle.PEOPLE_MAX && circle.size() > chat.circle().size()) {
            throw Problems.tooMany("A group has " + Circle.PEOPLE_MAX + " people at most");
          }
          return chat.with(circle);
        });
  }

  /// Removes a member, or takes an invitation back.
  void remove(Uid caller, ChatId id, Uid uid) {
    if (caller.equals(uid)) {
      leave(caller, id);
      return;
    }
    led(
        caller,
        id,
        chat -> {
          Role role = chat.circle().role(uid);
          Role own = chat.circle().role(caller);
          if (role == null && !chat.circle().isAsked(uid)) {
            throw ProblemException.notFound("member");
          }
          if (role != null && own != null && !own.isAbove(role)) {
            throw Problems.notAllowed();
          }
          return chat.with(chat.circle().left(uid));
        });
  }

  /// The chat leaves one's list; a direct one comes back with the next message.
  private void leave(Uid caller, ChatId id) {
    change(id, chat -> chat.with(Gate.member(chat, caller).circle().left(caller)));
  }

  Chat setRole(Uid caller, ChatId id, Uid uid, Role role) {
    return led(
        caller,
        id,
        chat -> {
          if (chat.circle().role(caller) != Role.OWNER) {
            throw Problems.notAllowed();
          }
          if (!chat.circle().has(uid)) {
            throw ProblemException.notFound("member");
          }
          if (caller.equals(uid)) {
            if (role == Role.OWNER) {
              return chat;
            }
            throw ProblemException.conflict(
                Reason.OWN_ROLE, "Make somebody else the owner, who can then change your role");
          }
          return chat.with(chat.circle().withRole(uid, role));
        });
  }

  private Chat led(Uid caller, ChatId id, UnaryOperator<Chat> change) {
    return change(
        id,
        chat -> {
          checkLeads(Gate.member(chat, caller), caller);
          return change.apply(chat);
        });
  }

  private Chat change(ChatId id, UnaryOperator<Chat> change) {
    return chats.change(
        id,
        (chat, _) -> {
          if (chat == null) {
            throw Problems.noSuchChat();
          }
          Chat after = change.apply(chat);
          return new ChatStore.Changed<>(after, after);
        });
  }

  private static void checkLeads(Chat chat, Uid caller) {
    Role role = chat.circle().role(caller);
    if (role == null) {
      throw Problems.noSuchChat();
    }
    if (chat.isDirect() || !role.leads()) {
      throw Problems.notAllowed();
    }
  }
}

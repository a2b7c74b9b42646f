package dev.fireside.chat;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.ChatId;
import dev.fireside.chat.domain.Message;
import dev.fireside.chat.domain.Role;
import dev.fireside.chat.domain.Standing;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.Live;
import dev.fireside.chat.store.People;
import dev.fireside.chat.store.Standings;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.UnavailableException;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.lists.Part;
import dev.fireside.social.domain.PersonView;
import dev.fireside.social.domain.Sight;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Shows chats to somebody, and puts their live copies back where these were lost.
final class ReadChats {
  private static final Logger log = LoggerFactory.getLogger(ReadChats.class);

  private final Gate gate;
  private final ChatStore chats;
  private final Standings standings;
  private final People people;
  private final Live live;
  private final ReadMessages readMessages;
  private final Clock clock;

  ReadChats(Stores stores, Gate gate, ReadMessages readMessages, Clock clock) {
    this.gate = gate;
    this.chats = stores.chats();
    this.standings = stores.standings();
    this.people = stores.people();
    this.live = stores.live();
    this.readMessages = readMessages;
    this.clock = clock;
  }

  /// Chats of a person, those first where something happened last.
  ///
  /// @param after position after which the list goes on; null for the start
  Part<ChatView> list(Uid viewer, ChatStore.Box box, int limit, @Nullable String after) {
    var found = new ArrayList<Chat>();
    Part<ChatView> part =
        Part.fill(
            limit,
            after,
            (position, count) -> {
              List<Chat> next = chats.list(viewer, box, position, count);
              found.addAll(next);
              return next;
            },
            ChatStore::position,
            next -> present(viewer, next),
            ReadChats::position);
    if (after == null) {
      relist(viewer, found, part.items());
    }
    return part;
  }

  private static String position(ChatView view) {
    return view.lastAt() + "," + new ChatId(view.id()).documentName();
  }

  /// Puts those of a page into the live list where they are missing.
  private void relist(Uid viewer, List<Chat> found, List<ChatView> shown) {
    try {
      Set<String> listed = live.listed(viewer);
      Set<String> ids = new LinkedHashSet<>(shown.stream().map(ChatView::id).toList());
      live.list(
          viewer,
          found.stream()
              .filter(chat -> ids.contains(chat.id().value()) && chat.readers().contains(viewer))
              .filter(chat -> !listed.contains(chat.id().value()))
              .toList());
    } catch (UnavailableException e) {
      log.debug("The list of {} is not live", viewer, e);
    }
  }

  /// One chat with its members. Throws a 404 problem where it is not there for the viewer.
  ChatView read(Uid viewer, ChatId id) {
    Chat chat = gate.knowing(viewer, id);
    reopen(viewer, chat);
    return view(viewer, chat);
  }

  /// A chat that somebody may read, live again where its copy was lost.
  Chat open(Uid viewer, ChatId id) {
    Chat chat = gate.reading(viewer, id);
    reopen(viewer, chat);
    return chat;
  }

  private void reopen(Uid viewer, Chat chat) {
    try {
      if (chat.isReadBy(viewer) && !live.isOpen(chat, viewer)) {
        live.rebuild(chat.id());
      }
    } catch (UnavailableException e) {
      log.debug("{} is not live", chat.id(), e);
    }
  }

  /// A chat with its members, as it is shown to one of them.
  ChatView view(Uid viewer, Chat chat) {
    Set<Uid> named = named(viewer, chat);
    if (chat.circle().has(viewer)) {
      named.addAll(chat.circle().members());
    }
    Map<Uid, PersonView> visible = people.visible(viewer, named);
    return view(viewer, chat, standings.get(chat.id(), viewer), visible, members(chat, visible));
  }

  private static List<ChatView.Member> members(Chat chat, Map<Uid, PersonView> visible) {
    var members = new ArrayList<ChatView.Member>();
    for (Uid uid : chat.circle().members()) {
      PersonView person = visible.get(uid);
      Role role = chat.circle().role(uid);
      if (person != null && role != null) {
        members.add(new ChatView.Member(person, WireNames.of(role)));
      }
    }
    return members;
  }

  private List<ChatView> present(Uid viewer, List<Chat> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    var named = new LinkedHashSet<Uid>();
    found.forEach(chat -> named.addAll(named(viewer, chat)));
    Map<Uid, People.Seen> seen = people.look(viewer, named);
    var visible = new HashMap<Uid, PersonView>();
    seen.forEach((uid, one) -> {
      if (one.profile() != null && Sight.ofPerson(viewer, one.profile(), one.relation())) {
        visible.put(uid, PersonView.of(one.profile()));
      }
    });
    Map<ChatId, Standing> stands = standings.getAll(found.stream().map(Chat::id).toList(), viewer);
    var views = new ArrayList<ChatView>();
    for (Chat chat : found) {
      People.Seen other = chat.isDirect() ? seen.get(chat.id().other(viewer)) : null;
      if (other == null || !other.relation().blocked()) {
        Standing standing = stands.getOrDefault(chat.id(), Standing.NONE);
        views.add(view(viewer, chat, standing, visible, null));
      }
    }
    return views;
  }

  /// Whom a chat shows beside its members.
  private static Set<Uid> named(Uid viewer, Chat chat) {
    var named = new LinkedHashSet<Uid>(ReadMessages.senders(chat.log().tail()));
    named.addAll(chat.id().pair());
    Optional.ofNullable(chat.circle().asked().get(viewer)).ifPresent(named::add);
    return named;
  }

  private ChatView view(
      Uid viewer,
      Chat chat,
      Standing standing,
      Map<Uid, PersonView> visible,
      @Nullable List<ChatView.Member> members) {
    boolean reads = chat.isReadBy(viewer);
    Uid asking = chat.circle().asked().get(viewer);
    Role role = chat.circle().role(viewer);
    return new ChatView(
        chat.id().value(),
        chat.isDirect() ? "direct" : "group",
        chat.title().isEmpty() ? null : chat.title(),
        chat.avatarUrl(),
        chat.isDirect() ? visible.get(chat.id().other(viewer)) : null,
        role == null ? null : WireNames.of(role),
        asking == null ? null : Boolean.TRUE,
        asking == null ? null : visible.get(asking),
        standing.isMuted(clock.instant()),
        reads ? readMessages.unread(viewer, chat, standing, visible) : 0,
        chat.log().readBy(viewer, standing.read()),
        chat.log().last(),
        chat.log().lastAt(),
        reads ? newest(viewer, chat, standing, visible) : null,
        chat.circle().size(),
        reads ? live.address(chat) : null,
        live.listAddress(viewer),
        chat.circle().has(viewer) ? members : null,
        chat.createdAt());
  }

  private static @Nullable MessageView newest(
      Uid viewer, Chat chat, Standing standing, Map<Uid, PersonView> visible) {
    List<Message> tail = chat.log().tail().reversed();
    return ReadMessages.present(viewer, tail, standing.hidden(), visible).stream()
        .findFirst()
        .orElse(null);
  }
}

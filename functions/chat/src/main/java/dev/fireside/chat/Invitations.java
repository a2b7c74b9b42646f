package dev.fireside.chat;

import dev.fireside.chat.domain.Circle;
import dev.fireside.chat.store.ChatStore;
import dev.fireside.chat.store.People;
import dev.fireside.chat.store.Stores;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.load.Together;
import dev.fireside.social.domain.Sight;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who may be brought into a chat by whom: those who follow the person at once, others where they
/// accept. How many chats wait for somebody is bounded.
final class Invitations {
  /// Chats that wait for one person, at most.
  private static final int REQUESTS_MAX = 500;

  private static final int COUNTS_AT_ONCE = 10;

  private final ChatStore chats;
  private final People people;

  Invitations(Stores stores) {
    this.chats = stores.chats();
    this.people = stores.people();
  }

  /// Throws a 409 problem for who has no profile.
  void checkProfile(Uid caller, Map<Uid, People.Seen> seen) {
    People.Seen self = seen.get(caller);
    if (self == null || !self.isActive()) {
      throw Problems.noProfile();
    }
  }

  boolean isVisible(Uid viewer, Uid person, Map<Uid, People.Seen> seen) {
    People.Seen one = seen.get(person);
    return one != null && Sight.ofPerson(viewer, one.profile(), one.relation());
  }

  /// Whether somebody takes one more chat that they have to accept.
  boolean hasRoom(Uid uid) {
    return chats.countRequests(uid) < REQUESTS_MAX;
  }

  /// A circle with more people in it, or asked to it. Throws a problem that names those who cannot
  /// be.
  ///
  /// @param field of the body that names them
  Circle invited(Circle circle, Uid by, List<Uid> wanted, String field) {
    var all = new LinkedHashSet<>(wanted);
    all.add(by);
    Map<Uid, People.Seen> seen = people.look(by, all);
    checkProfile(by, seen);
    all.remove(by);
    rejectUnseen(by, wanted, seen, field);
    Set<Uid> followers = people.followers(all, by);
    rejectFull(wanted, followers, field);
    Circle more = circle;
    for (Uid uid : all) {
      more = followers.contains(uid) ? more.joined(uid) : more.asking(uid, by);
    }
    if (more.size() > Circle.PEOPLE_MAX) {
      throw Problems.tooMany("A group has " + Circle.PEOPLE_MAX + " people at most");
    }
    return more;
  }

  private void rejectUnseen(Uid by, List<Uid> wanted, Map<Uid, People.Seen> seen, String field) {
    var errors = new ArrayList<FieldError>();
    for (int i = 0; i < wanted.size(); i++) {
      if (!wanted.get(i).equals(by) && !isVisible(by, wanted.get(i), seen)) {
        errors.add(new FieldError(field + "/" + i, "is nobody whom you can see"));
      }
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(ProblemType.NOT_FOUND, errors);
    }
  }

  private void rejectFull(List<Uid> wanted, Set<Uid> followers, String field) {
    List<Uid> asked = wanted.stream().filter(uid -> !followers.contains(uid)).distinct().toList();
    List<Boolean> room = Together.each(asked, COUNTS_AT_ONCE, this::hasRoom);
    for (int i = 0; i < asked.size(); i++) {
      if (!room.get(i)) {
        throw ProblemException.conflict(
            dev.fireside.shared.http.Reason.TOO_MANY,
            List.of(
                new FieldError(
                    field + "/" + wanted.indexOf(asked.get(i)), "takes no more requests")));
      }
    }
  }
}

package dev.fireside.chat.domain;

import dev.fireside.shared.ids.Uid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who has to do with a chat. Nobody is in two of the lists.
///
/// @param members who have it in their list, in the order in which they came
/// @param owner of a group; null for a direct chat, and once everybody has left
/// @param admins among the members
/// @param asked who have yet to accept it, and who asked each
/// @param declined of a direct chat: who does not want it until they write themselves
public record Circle(
    List<Uid> members,
    @Nullable Uid owner,
    Set<Uid> admins,
    Map<Uid, Uid> asked,
    Set<Uid> declined) {
  /// People of a group, those who are asked among them.
  public static final int PEOPLE_MAX = 250;

  /// Nobody yet.
  public static final Circle EMPTY = new Circle(List.of(), null, Set.of(), Map.of(), Set.of());

  public Circle {
    members = List.copyOf(members);
    admins = Collections.unmodifiableSet(new LinkedHashSet<>(admins));
    asked = Collections.unmodifiableMap(new LinkedHashMap<>(asked));
    declined = Collections.unmodifiableSet(new LinkedHashSet<>(declined));
  }

  /// A new group.
  public static Circle of(Uid owner) {
    return new Circle(List.of(owner), owner, Set.of(), Map.of(), Set.of());
  }

  public boolean has(Uid uid) {
    return members.contains(uid);
  }

  public boolean isAsked(Uid uid) {
    return asked.containsKey(uid);
  }

  /// Members and those who are asked.
  public int size() {
    return members.size() + asked.size();
  }

  /// What a person may do; null for who is no member.
  public @Nullable Role role(Uid uid) {
    if (!has(uid)) {
      return null;
    }
    if (uid.equals(owner)) {
      return Role.OWNER;
    }
    return admins.contains(uid) ? Role.ADMIN : Role.MEMBER;
  }

  /// With one more member, who may have been asked or have declined.
  public Circle joined(Uid uid) {
    if (has(uid)) {
      return this;
    }
    var more = new ArrayList<>(members);
    more.add(uid);
    return new Circle(more, owner, admins, without(asked, uid), without(declined, uid));
  }

  /// With one more who is asked to come.
  public Circle asking(Uid uid, Uid by) {
    if (has(uid) || isAsked(uid)) {
      return this;
    }
    var more = new LinkedHashMap<>(asked);
    more.put(uid, by);
    return new Circle(members, owner, admins, more, without(declined, uid));
  }

  /// Without a person, however they belonged to it. The owner's place goes to the first of the
  /// admins who came, else to the first of the members.
  public Circle left(Uid uid) {
    var rest = members.stream().filter(other -> !other.equals(uid)).toList();
    Uid next = uid.equals(owner) ? heir(rest) : owner;
    Set<Uid> leaders = without(admins, uid);
    return new Circle(
        rest,
        next,
        next == null ? leaders : without(leaders, next),
        without(asked, uid),
        without(declined, uid));
  }

  private @Nullable Uid heir(List<Uid> rest) {
    return rest.stream()
        .filter(admins::contains)
        .findFirst()
        .orElse(rest.isEmpty() ? null : rest.getFirst());
  }

  /// Without a trace of a person: those whom they alone asked are not asked any more.
  public Circle without(Uid uid) {
    Circle rest = left(uid);
    var others = new LinkedHashMap<>(rest.asked);
    others.values().removeIf(uid::equals);
    return new Circle(rest.members, rest.owner, rest.admins, others, rest.declined);
  }

  /// Without a person who was asked to a direct chat, or has it no longer, and does not want it.
  public Circle declinedBy(Uid uid) {
    Circle rest = left(uid);
    var all = new LinkedHashSet<>(declined);
    all.add(uid);
    return new Circle(rest.members, rest.owner, rest.admins, rest.asked, all);
  }

  /// With another role for a member. Who makes another the owner is an admin from then on.
  public Circle withRole(Uid uid, Role role) {
    var leaders = new LinkedHashSet<>(admins);
    leaders.remove(uid);
    Uid first = owner;
    switch (role) {
      case OWNER -> {
        if (owner != null && !owner.equals(uid)) {
          leaders.add(owner);
        }
        first = uid;
      }
      case ADMIN -> leaders.add(uid);
      case MEMBER -> {}
    }
    return new Circle(members, first, leaders, asked, declined);
  }

  private static Set<Uid> without(Set<Uid> all, Uid uid) {
    var rest = new LinkedHashSet<>(all);
    rest.remove(uid);
    return rest;
  }

  private static Map<Uid, Uid> without(Map<Uid, Uid> all, Uid uid) {
    var rest = new LinkedHashMap<>(all);
    rest.remove(uid);
    return rest;
  }
}

package dev.fireside.presence;

import dev.fireside.presence.ChangeSettings.Activity;
import dev.fireside.presence.ChangeSettings.Edit;
import dev.fireside.presence.domain.Audience;
import dev.fireside.presence.domain.Settings;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.text.OneLine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the bodies that this module takes.
final class PresenceBodies {
  private static final int UID_MAX = 1_000;

  private PresenceBodies() {}

  static List<Uid> people(Input in) {
    List<String> texts = in.texts("users", PresenceRoutes.PEOPLE_MAX, 0, UID_MAX);
    if (in.isAbsent("users")) {
      in.reject("users", "is missing");
    } else if (texts.isEmpty()) {
      in.reject("users", "must name 1 to " + PresenceRoutes.PEOPLE_MAX + " people");
    }
    var people = new ArrayList<Uid>();
    for (int i = 0; i < texts.size(); i++) {
      if (Uid.isValid(texts.get(i))) {
        people.add(new Uid(texts.get(i)));
      } else {
        in.reject("users/" + i, "is not a uid");
      }
    }
    return people.stream().distinct().toList();
  }

  static Edit edit(Input in) {
    if (in.has("visibility") && in.isAbsent("visibility")) {
      in.reject("visibility", "must be one of everybody, followers, nobody");
    }
    return new Edit(
        in.optionalOneOf("visibility", Audience.class),
        in.has("activity") ? new Activity(activity(in)) : null);
  }

  private static @Nullable String activity(Input in) {
    String text = in.optionalText("activity", 0, Settings.ACTIVITY_MAX);
    if (text == null || text.isEmpty()) {
      return null;
    }
    String fault = OneLine.fault(text);
    if (fault != null) {
      in.reject("activity", fault);
    }
    return text;
  }
}

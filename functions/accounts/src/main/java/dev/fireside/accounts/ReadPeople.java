package dev.fireside.accounts;

import dev.fireside.accounts.store.People;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.ids.Uid;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads several people by uid; those the viewer may not see are left out.
final class ReadPeople {
  /// Most people asked for at once.
  static final int COUNT_MAX = 100;

  /// Most characters of the list of uids.
  static final int TEXT_MAX = COUNT_MAX * 129;

  private final People people;

  ReadPeople(People people) {
    this.people = people;
  }

  List<PersonView> read(@Nullable Uid viewer, Optional<String> ids) {
    List<String> texts =
        ids.map(text -> List.of(text.split(",", -1)))
            .orElseThrow(() -> Request.invalidQuery("ids", "is missing"));
    if (texts.size() > COUNT_MAX || !texts.stream().allMatch(Uid::isValid)) {
      throw Request.invalidQuery("ids", "must be 1 to " + COUNT_MAX + " uids between commas");
    }
    return people.look(viewer, texts.stream().map(Uid::new).toList()).values().stream()
        .filter(seen -> seen.isVisibleTo(viewer))
        .map(seen ->
            PersonView.of(
                seen.profile(),
                viewer == null || seen.profile().uid().equals(viewer)
                    ? null
                    : PersonView.inList(seen.relation(), false)))
        .toList();
  }
}

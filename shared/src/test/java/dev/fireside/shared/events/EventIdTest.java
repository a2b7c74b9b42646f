package dev.fireside.shared.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.shared.store.Document;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class EventIdTest {
  private static final EventId EVENT = new EventId("OnWritten", "//firestore/a", "1");

  @Test
  void isTheSameForTheSameEventAndOtherForAnyOther() {
    List<String> names =
        Stream.of(
                EVENT,
                new EventId("OnDeleted", "//firestore/a", "1"),
                new EventId("OnWritten", "//firestore/b", "1"),
                new EventId("OnWritten", "//firestore/a", "2"),
                new EventId("OnWritten", "//firestore/", "a1"))
            .map(EventId::documentName)
            .toList();

    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[0-9a-f]{40}"));
    assertThat(new EventId("OnWritten", "//firestore/a", "1").documentName())
        .isEqualTo(EVENT.documentName());
  }

  @Test
  void aChangeKnowsItsPathAndVersion() {
    Instant written = Instant.parse("2026-01-01T12:00:00.000001Z");
    Instant reported = written.plusSeconds(1);
    Document after = Document.of("posts/a/comments/b", Map.of(), written);
    var updated = new DocumentChange(EVENT, "posts/a/comments/b", null, after, reported);
    var deleted = new DocumentChange(EVENT, "posts/a/comments/b", after, null, reported);

    assertThat(updated.version()).isEqualTo(Document.versionOf(written));
    assertThat(deleted.version()).isEqualTo(Document.versionOf(written) + 1);
    assertThat(updated.id()).isEqualTo("b");
    assertThat(updated.part(1)).isEqualTo("a");
  }
}

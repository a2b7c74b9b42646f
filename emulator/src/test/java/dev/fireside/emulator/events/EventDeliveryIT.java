package dev.fireside.emulator.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.emulator.sample.Journal;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.store.Documents;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Events from the real emulators through the queues to real functions.
class EventDeliveryIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().topics("sample-elsewhere");

  private Journal journal;
  private Documents documents;

  @BeforeEach
  void startEmpty() {
    fireside.resetData();
    journal = Journal.of(fireside.platform());
    journal.clear();
    documents = fireside.platform().documents();
  }

  private List<String> texts() {
    return journal.changes.stream()
        .map(change ->
            change.after() == null ? "deleted" : change.after().fields().requiredText("text"))
        .toList();
  }

  @Test
  void aChangeTellsBeforeAndAfter() {
    documents.set("notes/a", Map.of("text", "one"));
    fireside.settle();
    journal.clear();

    documents.update("notes/a", Map.of("text", "two"));
    fireside.settle();

    DocumentChange change = journal.changes.getFirst();
    assertThat(change.before().fields().requiredText("text")).isEqualTo("one");
    assertThat(change.after().fields().requiredText("text")).isEqualTo("two");
    assertThat(change.time()).isEqualTo(change.after().updateTime());
    assertThat(change.event().source())
        .isEqualTo(
            "//firestore.googleapis.com/projects/"
                + fireside.project().projectId()
                + "/databases/(default)");
  }

  @Test
  void aDeletionIsNewerThanWhatItDeleted() {
    documents.set("notes/a", Map.of("text", "one"));
    fireside.settle();
    long written = journal.changes.getLast().version();
    journal.clear();

    documents.delete("notes/a");
    fireside.settle();

    DocumentChange deletion = journal.changes.getFirst();
    assertThat(deletion.after()).isNull();
    assertThat(deletion.version()).isGreaterThan(written);
  }

  @Test
  void aWriteThatChangesNothingRunsNothing() {
    documents.set("notes/a", Map.of("text", "one", "seen", true));
    fireside.settle();
    journal.clear();

    documents.set("notes/a", Map.of("text", "one", "seen", true));
    fireside.settle();

    assertThat(journal.changes).isEmpty();
  }

  @Test
  void twoFunctionsHearOfOneWriteWithIdsOfTheirOwn() {
    documents.set("notes/a", Map.of("text", "one"));
    fireside.settle();

    assertThat(journal.created).hasSize(1);
    assertThat(journal.changes).hasSize(2);
    assertThat(journal.created.getFirst().event().id())
        .isNotEqualTo(journal.changes.getFirst().event().id());
  }

  @Test
  void aFunctionThatFailsIsCalledAgainWithTheSameEvent() {
    journal.failuresToCome.set(3);

    documents.set("notes/a", Map.of("text", "one", "seen", true));
    fireside.settle();

    assertThat(journal.changes).hasSize(4);
    assertThat(journal.changes.stream().map(change -> change.event().id()).distinct()).hasSize(1);
    assertThat(status("on-note")).contains("retries=3").contains("failures=3");
  }

  @Test
  void aFunctionThatKeepsFailingLeavesADeadLetter() {
    fireside.faults().set("on-note", Fault.loseDeliveries(100));

    documents.set("notes/a", Map.of("text", "one", "seen", true));
    fireside.settle();

    assertThat(fireside.project().deadLetters()).containsOnlyKeys("on-note");
    assertThat(journal.changes).isEmpty();
  }

  @Test
  void settlingNamesWhatIsStuck() {
    fireside.faults().set("on-note", Fault.delay(Duration.ofMinutes(5)));
    documents.set("notes/a", Map.of("text", "one", "seen", true));

    assertThatThrownBy(() -> fireside.project().settle(Duration.ofMillis(300)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("on-note")
        .hasMessageContaining("documents/notes/a");
  }

  @Test
  void faultsDuplicateAndReorderRealEvents() {
    fireside.faults().set("on-note", Fault.duplicate(1));
    documents.set("notes/a", Map.of("text", "one", "seen", true));
    fireside.settle();
    assertThat(texts()).containsExactly("one", "one");

    journal.clear();
    fireside.faults().set("on-note", Fault.reorder(Duration.ofMillis(200)));
    // However long the emulator takes to send them, they come within the window.
    fireside.faults().hold("on-note");
    documents.set("notes/a", Map.of("text", "two", "seen", true));
    documents.set("notes/a", Map.of("text", "three", "seen", true));
    fireside.settle();
    fireside.faults().release();
    fireside.settle();
    assertThat(texts()).containsExactly("three", "two");
  }

  @Test
  void messagesAreDeliveredAndLostAnswersBringThemAgain() {
    fireside.faults().set("on-message", Fault.loseAnswers(1));

    fireside.platform().topics().publish("sample-messages", Map.of("n", 1));
    fireside.settle();

    assertThat(journal.messages).hasSize(2);
    assertThat(journal.messages.getFirst()).isEqualTo(journal.messages.getLast());
    assertThat(journal.messages.getFirst().data()).isEqualTo("{\"n\":1}");
  }

  @Test
  void settlingWaitsForEverythingThatManyWritersCause() {
    int writes = 150;
    try (var writers = Executors.newFixedThreadPool(8)) {
      for (int i = 0; i < writes; i++) {
        int note = i;
        writers.execute(() -> {
          documents.set("notes/n" + note, Map.of("text", "x"));
          fireside.platform().topics().publish("sample-messages", Map.of("n", note));
        });
      }
    }
    fireside.settle();

    assertThat(journal.created).hasSize(writes);
    assertThat(journal.changes).hasSize(2 * writes);
    assertThat(journal.messages).hasSize(writes);
  }

  @Test
  void workWithoutEventsRunsNothingNorDoesWhatComesAfterMissAnything() {
    fireside
        .project()
        .withoutEvents(() -> {
          documents.set("notes/quiet", Map.of("text", "x"));
          fireside.platform().topics().publish("sample-messages", Map.of("n", 1));
        });
    documents.set("notes/loud", Map.of("text", "x", "seen", true));
    fireside.settle();

    assertThat(journal.messages).isEmpty();
    assertThat(journal.changes)
        .singleElement()
        .satisfies(change -> assertThat(change.path()).isEqualTo("notes/loud"));
  }

  private static String status(String function) {
    return fireside.project().functions().stream()
        .filter(status -> status.name().equals(function))
        .findFirst()
        .orElseThrow()
        .toString();
  }
}

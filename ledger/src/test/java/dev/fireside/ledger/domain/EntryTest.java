package dev.fireside.ledger.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Hashes that ledgers hold: computed elsewhere, by what `docs/ledger.md` says of them.
class EntryTest {
  private static final Posting SOLD =
      Posting.of(AccountName.revenue("pro"), new Asset("EUR"), -840);
  private static final Journal PLAIN =
      new Journal(
          "app_store:live:t@1:grant:0",
          new JournalKind("grant"),
          Book.LIVE,
          new Uid("ann"),
          Instant.parse("2026-01-02T03:04:05Z"),
          null,
          List.of(SOLD, Posting.of(AccountName.receivable("app_store"), new Asset("EUR"), 840)));

  private static String hash(Journal journal) {
    Entry entry = Entry.after(AccountState.empty("live|revenue:pro|EUR|3"), journal, SOLD);
    assertThat(entry.isSealed(journal)).isTrue();
    return entry.hash();
  }

  @Test
  void aJournalWithoutLabelsHasTheHashItAlwaysHad() {
    assertThat(hash(PLAIN))
        .isEqualTo("41b16859a6c1919a06b0fd142eb8064cd6584e97101d0f59a52d448599f9a240");
  }

  @Test
  void labelsAreCoveredByTheHashInTheirOrder() {
    Map<String, String> labels = Map.of("product", "pro", "country", "DE");

    assertThat(hash(PLAIN.labelled(labels)))
        .isEqualTo("91cb75b37b87a4a030d4cbf85c84ba0d720f4e32eb409db36e11c20b70d4a833");
    assertThat(PLAIN.labelled(labels).kept().with(PLAIN.postings()).labels())
        .containsExactly(Map.entry("country", "DE"), Map.entry("product", "pro"));
  }
}

package dev.fireside.ledger.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.shared.ids.Uid;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AccountNameTest {
  private static final Uid ANN = new Uid("ann");
  private static final Asset EUR = new Asset("EUR");

  /// Where the accounts of today's documents stand, for ever.
  private static final Map<AccountName, String> KEPT =
      Map.ofEntries(
          Map.entry(AccountName.receivable("stripe"), "store_receivable:stripe|EUR|1"),
          Map.entry(
              AccountName.outOfBandReceivable("stripe"), "out_of_band_receivable:stripe|EUR|1"),
          Map.entry(AccountName.bank("stripe"), "bank:stripe|EUR|1"),
          Map.entry(AccountName.exchange("stripe"), "exchange:stripe|EUR|1"),
          Map.entry(
              AccountName.settlementDifference("stripe"), "settlement_difference:stripe|EUR|1"),
          Map.entry(AccountName.revenue("pro"), "revenue:pro|EUR|1"),
          Map.entry(AccountName.unassigned("stripe"), "unassigned:stripe|EUR|1"),
          Map.entry(AccountName.tax("stripe"), "tax:stripe|EUR|1"),
          Map.entry(AccountName.fees("stripe"), "fees:stripe|EUR|1"),
          Map.entry(AccountName.disputed("stripe"), "disputed:stripe|EUR|1"),
          Map.entry(AccountName.disputeLoss("pro"), "dispute_loss:pro|EUR|1"),
          Map.entry(AccountName.issuance("GEM"), "item_issuance:GEM|EUR|1"),
          Map.entry(AccountName.inventory(ANN), "user_inventory:ann|EUR"),
          Map.entry(AccountName.escrow(ANN), "escrow:ann|EUR"),
          Map.entry(AccountName.debt(ANN), "user_debt:ann|EUR"),
          Map.entry(AccountName.CREATOR_COST, "creator_cost|EUR"),
          Map.entry(AccountName.pool("2026-10-EUR"), "creator_pool:2026-10-EUR|EUR"),
          Map.entry(AccountName.hold(ANN), "creator_hold:ann|EUR"),
          Map.entry(AccountName.payable(ANN), "creator_payable:ann|EUR"),
          Map.entry(AccountName.STRIPE_TRANSFER_CLEARING, "stripe_transfer_clearing|EUR|1"),
          Map.entry(AccountName.memo(new JournalKind("decision")), "memo:decision|EUR|1"),
          Map.entry(AccountName.MEMO_ISSUED, "memo_issued|EUR|1"));

  @Test
  void findsEveryAccountWhereItsEntriesStand() {
    assertThat(KEPT.keySet().stream().map(AccountName::kind).collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(Arrays.asList(AccountName.Kind.values()));
    KEPT.forEach((account, place) ->
        assertThat(AccountState.idFor(Book.LIVE, Posting.of(account, EUR, 1), "purchase"))
            .isEqualTo("live|" + place));
  }

  @Test
  void readsWhatItWrites() {
    KEPT.keySet()
        .forEach(account -> assertThat(AccountName.parse(account.text())).isEqualTo(account));
    for (String other : List.of("", "revenue:", "money", "user:ann", ":", "revenue:a/b")) {
      assertThatThrownBy(() -> AccountName.parse(other))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void knowsWhatIsAPersons() {
    List<AccountName> own =
        KEPT.keySet().stream().filter(account -> account.isOf(ANN)).sorted().toList();
    assertThat(own)
        .extracting(AccountName::text)
        .containsExactly(
            "creator_hold:ann",
            "creator_payable:ann",
            "escrow:ann",
            "user_debt:ann",
            "user_inventory:ann");
    // A person can have the name of a run.
    assertThat(AccountName.pool("2026-10-EUR").isOf(new Uid("2026-10-EUR"))).isFalse();
  }
}

package dev.fireside.payments.purchases.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.PurchaseKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PurchaseFactsTest {
  private static final PurchaseKey KEY = new PurchaseKey("app_store", Book.LIVE, "t1");

  private static Fact change(int at) {
    return new Fact.Changing("e" + at, at, "pro");
  }

  @Test
  void takesMoneyAndDecisionsHoweverManyFactsThereAre() {
    var changes = new ArrayList<Fact>();
    for (int i = 0; i < PurchaseFacts.FACTS_MAX; i++) {
      changes.add(change(i));
    }
    PurchaseFacts full = PurchaseFacts.empty(KEY).with(changes);
    assertThat(full.with(List.of(change(0))).list()).hasSize(PurchaseFacts.FACTS_MAX);
    assertThatThrownBy(() -> full.with(List.of(change(-1))))
        .isInstanceOf(IllegalStateException.class);
    for (Fact fact :
        List.of(
            new Fact.Refunded("e", 1, "t1", 0, false),
            new Fact.Judged("case", 1, Fact.Judged.ALL, Hold.DENIED, true))) {
      assertThat(full.with(List.of(fact)).list()).contains(fact);
    }
  }

  @Test
  void isTheSameHoweverMuchOfItIsKeptApart() {
    var older = List.of(change(1), new Fact.Renewing("a", 1, true), change(3));
    var newer = List.of(new Fact.Renewing("b", 2, false), change(2), change(3));
    var all = new ArrayList<Fact>(older);
    all.addAll(newer);
    var archive = new Archive(List.of(new Archive.Part(older, List.of())));
    assertThat(PurchaseFacts.kept(KEY, newer, archive).list())
        .isEqualTo(PurchaseFacts.empty(KEY).with(all).list());
  }
}

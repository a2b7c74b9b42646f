package dev.fireside.payments.purchases.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.Journal;
import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.shared.ids.Uid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class SettlementTest {
  private static final PurchaseKey KEY = new PurchaseKey("app_store", Book.LIVE, "t1");
  private static final Map<String, Long> FEE = Map.of("EUR", 15L);
  private static final Asset GEM = new Asset("coin:GEM");

  private final Map<String, Product> catalogue = new HashMap<>();

  SettlementTest() {
    catalogue.put(
        "pro",
        new Product("pro", List.of(), List.of("pro"), Map.of(GEM, 7L), Map.of(), null, null, true));
  }

  /// Facts told one by one, each settled at once, as deliveries do it.
  private final class Run {
    Purchase purchase = Purchase.empty(KEY);
    Access access = new Access(Map.of(), false, false, false, null, false, null);
    final Map<String, Journal> journals = new TreeMap<>();

    Run tell(List<Fact> facts) {
      facts.forEach(this::tell);
      return this;
    }

    void tell(Fact fact) {
      Settlement.Outcome outcome =
          Settlement.of(
              purchase.with(List.of(fact)),
              id -> Optional.ofNullable(catalogue.get(id)),
              Customer::unknown);
      purchase = outcome.purchase();
      access = outcome.access();
      for (Journal journal : outcome.journals()) {
        assertThat(journals.put(journal.id(), journal)).as("journals are written once").isNull();
      }
    }

    Map<String, Long> balances() {
      var balances = new TreeMap<String, Long>();
      journals
          .values()
          .forEach(journal ->
              journal
                  .postings()
                  .forEach(posting ->
                      balances.merge(
                          posting.account() + " " + posting.asset(),
                          posting.signed(),
                          Math::addExact)));
      balances.values().removeIf(balance -> balance == 0);
      return balances;
    }
  }

  private static Fact.Sold sold(String id, long at, long price) {
    return new Fact.Sold(
        "e-" + id,
        at,
        "ann",
        id,
        at,
        "pro",
        1,
        price == 0 ? null : new Money(price, "EUR"),
        price / 5,
        price / 7,
        at + 1_000);
  }

  @RepeatedTest(300)
  void endsTheSameWhateverTheOrderAndHoweverOften(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Fact> facts = randomLife(random);
    Run inOrder = new Run().tell(facts);
    var shuffled = new ArrayList<>(facts);
    for (int i = 0; i < 4; i++) {
      shuffled.add(facts.get(random.nextInt(facts.size())));
    }
    Collections.shuffle(shuffled, random);
    Run other = new Run().tell(shuffled);

    assertThat(other.purchase.facts()).isEqualTo(inOrder.purchase.facts());
    assertThat(other.access).isEqualTo(inOrder.access);
    assertThat(other.purchase).isEqualTo(inOrder.purchase);
    assertThat(other.journals.keySet()).isEqualTo(inOrder.journals.keySet());
    assertThat(other.balances()).isEqualTo(inOrder.balances());
    assertThat(other.balances()).isEqualTo(modelled(facts));
  }

  private static List<Fact> randomLife(Random random) {
    var facts = new ArrayList<Fact>();
    int periods = 1 + random.nextInt(4);
    long at = 1_000;
    facts.add(new Fact.Held("h", at, "ann"));
    for (int period = 0; period < periods; period++) {
      String id = "t" + period;
      long start = at;
      facts.add(sold(id, start, random.nextInt(4) == 0 ? 0 : 100 + random.nextInt(5_000)));
      for (int i = random.nextInt(5); i > 0; i--) {
        at += 1 + random.nextInt(100);
        String event = "x" + at;
        facts.add(
            switch (random.nextInt(13)) {
              case 0, 1 -> new Fact.Refunded(event, at, id, start, false);
              case 2 -> new Fact.Refunded(event, at, id, start, true);
              case 3 -> new Fact.Renewing(event, at, random.nextBoolean());
              case 4 -> new Fact.Grace(event, at, start + 1_000, start + 1_500);
              case 5 -> new Fact.Ended(event, at, start + 1_000);
              case 6 -> new Fact.Paused(event, at, start + random.nextInt(3_000));
              case 7 -> new Fact.Extended(event, at, "free", at + random.nextInt(3_000));
              case 10 -> new Fact.Consent(event, at, random.nextBoolean());
              case 11 -> new Fact.Shortened(event, at, id, start, start + random.nextInt(1_500));
              case 8 -> new Fact.Named(event, at, "free", List.of("e" + random.nextInt(3)));
              case 9 ->
                  new Fact.Status(
                      event, at, random.nextInt(3), "s", random.nextBoolean(), "pro", at, true);
              default -> new Fact.Covered(event, at, id, start, "pro", start + 1_000);
            });
      }
      at = start + 1_000;
    }
    return facts;
  }

  @RepeatedTest(200)
  void settlesPartialRefundsAndDisputesAlikeInAnyOrder(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    List<Fact.DisputeState> states = List.of(Fact.DisputeState.values());
    var facts = new ArrayList<Fact>();
    facts.add(new Fact.Held("h", 1_000, "ann"));
    facts.add(sold("pi", 1_000, 1_000));
    for (int i = random.nextInt(6); i >= 0; i--) {
      long at = 1_000L + random.nextInt(500);
      String event = "x" + i;
      String id = "id" + random.nextInt(2);
      Fact.DisputeState state = states.get(random.nextInt(3));
      facts.add(
          switch (random.nextInt(4)) {
            case 0 -> new Fact.RefundTotal(event, at, random.nextInt(1_100));
            case 1 -> new Fact.RefundSeen(event, at, id, 300, random.nextBoolean());
            case 2 -> new Fact.Paused(event, at, at);
            default -> new Fact.Disputed(event, at, id, state, 400, random.nextInt(3), FEE);
          });
    }
    var shuffled = new ArrayList<>(facts);
    shuffled.add(facts.get(random.nextInt(facts.size())));
    Collections.shuffle(shuffled, random);
    Run inOrder = new Run().tell(facts);
    Run other = new Run().tell(shuffled);

    assertThat(other.purchase.facts()).isEqualTo(inOrder.purchase.facts());
    assertThat(other.access).isEqualTo(inOrder.access);
    assertThat(other.balances()).isEqualTo(inOrder.balances());
  }

  /// The balances as a plain reading of the life gives them: each sale counts as long as the last
  /// word about it, after alternation, is not a refund.
  private static Map<String, Long> modelled(List<Fact> facts) {
    var balances = new TreeMap<String, Long>();
    for (Fact fact : facts) {
      if (fact instanceof Fact.Sold sale && !isRefunded(facts, sale)) {
        Money price = sale.price();
        if (price != null) {
          add(balances, "store_receivable:app_store EUR", price.minor() - sale.fee() - sale.tax());
          add(balances, "fees:app_store EUR", sale.fee());
          add(balances, "revenue:pro EUR", -(price.minor() - sale.tax()));
        }
        add(balances, "user_inventory:ann coin:GEM", 7);
        add(balances, "item_issuance:GEM coin:GEM", -7);
      }
    }
    return balances;
  }

  private static boolean isRefunded(List<Fact> facts, Fact.Sold sale) {
    boolean refunded = false;
    for (Fact fact : facts) {
      if (fact instanceof Fact.Refunded refund
          && refund.transaction().equals(sale.transaction())
          && refund.reversed() == refunded) {
        refunded = !refunded;
      }
    }
    return refunded;
  }

  private static void add(Map<String, Long> balances, String account, long amount) {
    if (amount != 0) {
      balances.merge(account, amount, Math::addExact);
    }
  }

  @Test
  void givesWhatAProviderNamesForAProductThatNoCatalogueHas() {
    var run = new Run();
    run.tell(new Fact.Held("h", 1_000, "ann"));
    run.tell(new Fact.Extended("x", 1_000, "free", 2_000));
    assertThat(run.access.until()).isEmpty();
    run.tell(new Fact.Named("x", 1_000, "free", List.of("gold")));
    assertThat(run.access.until()).isEqualTo(Map.of("gold", 2_000L));
    assertThat(run.purchase.owner()).isEqualTo(new Uid("ann"));
    // The catalogue says what its own products give.
    run.tell(new Fact.Extended("y", 1_500, "pro", 3_000));
    run.tell(new Fact.Named("y", 1_500, "pro", List.of("platinum")));
    assertThat(run.access.until()).isEqualTo(Map.of("gold", 2_000L, "pro", 3_000L));
  }

  @Test
  void endsAPauseWithTheNextRenewal() {
    var run = new Run();
    run.tell(sold("t1", 1_000, 500));
    run.tell(new Fact.Paused("p", 1_500, 9_000));
    assertThat(run.access.pausedUntil()).isEqualTo(9_000L);
    run.tell(sold("t2", 4_000, 500));
    assertThat(run.access.pausedUntil()).isNull();
    run.tell(new Fact.Paused("q", 4_500, 9_500));
    assertThat(run.access.pausedUntil()).isEqualTo(9_500L);
  }

  @Test
  void keepsOfWhatIsSwitchedBackAndForthTheLastOnly() {
    var run = new Run();
    run.tell(sold("t1", 1_000, 500));
    for (int i = 0; i < PurchaseFacts.FACTS_MAX; i++) {
      run.tell(new Fact.Renewing("r" + i, 1_100 + i, i % 2 == 0));
      run.tell(new Fact.Consent("c" + i, 1_100 + i, i % 2 == 0));
      run.tell(new Fact.Paused("p" + i, 1_100 + i, 9_000 + i));
    }

    assertThat(run.purchase.facts().list()).hasSizeLessThan(10);
    run.tell(new Fact.Refunded("x", 9_000, "t1", 1_000, false));
    assertThat(run.access.until()).isEmpty();
  }

  @Test
  void endsAPeriodEarlierWhereItWasTakenBack() {
    for (boolean reversed : new boolean[] {false, true}) {
      List<Fact> facts =
          List.of(
              sold("t1", 1_000, 500),
              new Fact.Ended("x", 1_200, 1_100),
              new Fact.Shortened("x", 1_200, "t1", 1_000, 1_100));
      var run = new Run().tell(reversed ? facts.reversed() : facts);
      assertThat(run.access.until()).isEqualTo(Map.of("pro", 1_100L));
      // Neither a later word about the same period nor another period is cut.
      run.tell(new Fact.Covered("y", 1_300, "t1", 1_000, "pro", 1_500));
      assertThat(run.access.until()).isEqualTo(Map.of("pro", 1_500L));
      run.tell(sold("t1", 1_600, 500));
      assertThat(run.access.until()).isEqualTo(Map.of("pro", 2_600L));
    }
  }

  @Test
  void asksForConsentUntilItIsGivenOrTheSubscriptionRenews() {
    var run = new Run();
    run.tell(sold("t1", 1_000, 500));
    run.tell(new Fact.Consent("a", 1_100, true));
    assertThat(run.access.consentAsked()).isTrue();
    run.tell(new Fact.Consent("b", 1_200, false));
    assertThat(run.access.consentAsked()).isFalse();
    run.tell(new Fact.Consent("c", 1_300, true));
    run.tell(sold("t2", 1_400, 500));
    assertThat(run.access.consentAsked()).isFalse();
  }

  @Test
  void givesNoGraceForAPeriodThatWasRefunded() {
    var run = new Run();
    run.tell(sold("t1", 1_000, 500));
    run.tell(sold("t2", 2_000, 500));
    run.tell(new Fact.Grace("g", 3_000, 3_000, 4_000));
    assertThat(run.access.until()).isEqualTo(Map.of("pro", 4_000L));
    run.tell(new Fact.Refunded("r", 3_100, "t2", 2_000, false));
    assertThat(run.access.until()).isEqualTo(Map.of("pro", 2_000L));
  }

  @Test
  void takesTheProductThatARefundNamesInAnyOrder() {
    catalogue.put(
        "extra",
        new Product("extra", List.of(), List.of(), Map.of(GEM, 5L), Map.of(), null, null, false));
    List<Fact> facts =
        List.of(
            sold("t1", 1_000, 500),
            new Fact.Sold(
                "x", 1_001, "ann", "t1", 1_000, "extra", 1, new Money(300, "EUR"), 0, 0, null),
            new Fact.Refunded("r", 1_100, "t1", 1_000, false, "extra"),
            new Fact.Refunded("s", 1_200, "t1", 1_000, true, "extra"),
            new Fact.Refunded("t", 1_300, "t1", 1_000, false, "extra"));
    Map<String, Long> expected = new Run().tell(facts).balances();
    for (int seed = 0; seed < 200; seed++) {
      var shuffled = new ArrayList<>(facts);
      shuffled.addAll(facts);
      Collections.shuffle(shuffled, new Random(seed));
      Run run = new Run().tell(shuffled);
      assertThat(run.balances()).as("%s", shuffled).isEqualTo(expected);
      assertThat(run.access.until()).isEqualTo(Map.of("pro", 2_000L));
    }
  }

  @Test
  void givesThePeriodOfAPaymentThatIsNewerThanTheSubscription() {
    var run = new Run();
    run.tell(new Fact.Status("s", 1_000, 1, "active", true, "pro", 2_000, true));
    run.tell(new Fact.Covered("c", 2_000, "in_1", 2_000, "pro", 3_000));
    assertThat(run.access.until()).isEqualTo(Map.of("pro", 3_000L));
    // A change of plan may make a period shorter.
    run.tell(new Fact.Status("t", 2_500, 1, "active", true, "pro", 2_600, true));
    assertThat(run.access.until()).isEqualTo(Map.of("pro", 2_600L));
  }

  @Test
  void booksNothingForAChangeThatGivesAndCostsNothing() {
    var run = new Run();
    run.tell(new Fact.Sold("e", 1_000, "ann", "in_1", 1_000, "pro", 0, null, 0, 0, 0L));
    assertThat(run.journals).isEmpty();
    assertThat(run.purchase.sales()).hasSize(1);
  }

  @Test
  void givesPartialRefundsBackInProportionAndTakesTheFailedOnesBack() {
    var run = new Run();
    run.tell(sold("pi", 1_000, 1_000));
    run.tell(new Fact.RefundTotal("r1", 2_000, 300));
    assertThat(run.balances()).containsEntry("user_inventory:ann coin:GEM", 5L);
    run.tell(new Fact.RefundTotal("r2", 3_000, 1_000));
    assertThat(run.balances()).isEmpty();
    run.tell(new Fact.RefundSeen("r3", 4_000, "re_2", 700, true));
    assertThat(run.balances()).containsEntry("user_inventory:ann coin:GEM", 5L);
  }

  @Test
  void settlesDisputesAlsoAfterARefund() {
    var run = new Run();
    run.tell(sold("pi", 1_000, 1_000));
    run.tell(new Fact.RefundTotal("r", 2_000, 1_000));
    run.tell(new Fact.Disputed("d", 3_000, "du", Fact.DisputeState.OPEN, 1_000, 1, FEE));
    run.tell(new Fact.Disputed("w", 4_000, "du", Fact.DisputeState.WON, 1_000, 2, FEE));
    assertThat(run.balances())
        .containsOnly(
            Map.entry("fees:app_store EUR", 15L),
            Map.entry("store_receivable:app_store EUR", -15L));
  }

  @Test
  void endsADisputeAlikeWhenItsEndIsToldFirst() {
    var inOrder = new Run();
    Fact open = new Fact.Disputed("d", 3_000, "du", Fact.DisputeState.OPEN, 1_000, 1, FEE);
    Fact lost = new Fact.Disputed("w", 4_000, "du", Fact.DisputeState.LOST, 1_000, 1, FEE);
    inOrder.tell(List.of(sold("pi", 1_000, 1_000), open, lost));
    var other = new Run();
    other.tell(List.of(lost, open, sold("pi", 1_000, 1_000)));
    assertThat(other.balances()).isEqualTo(inOrder.balances());
    assertThat(other.balances()).doesNotContainKey("user_inventory:ann coin:GEM");
  }

  @Test
  void keepsWhatIsHeldInEscrowUntilItIsReleased() {
    var run = new Run();
    run.tell(new Fact.Judged("c", 500, "pi@1000", Hold.HELD, false));
    run.tell(sold("pi", 1_000, 1_000));
    assertThat(run.balances()).containsEntry("escrow:ann coin:GEM", 7L);
    assertThat(run.access.until()).isEmpty();
    run.tell(new Fact.Judged("c", 600, "pi@1000", Hold.OPEN, true));
    assertThat(run.balances()).containsEntry("user_inventory:ann coin:GEM", 7L);
    assertThat(run.access.until()).containsEntry("pro", 2_000L);
    // What raised the case, told again, does not open it again.
    run.tell(new Fact.Judged("c", 9_000, "pi@1000", Hold.HELD, false));
    assertThat(run.balances()).containsEntry("user_inventory:ann coin:GEM", 7L);
  }

  @Test
  void staysHeldAsLongAsOneOfItsCasesHoldsIt() {
    var run = new Run();
    run.tell(new Fact.Judged("card", 500, Fact.Judged.ALL, Hold.HELD, false));
    run.tell(new Fact.Judged("price", 500, "pi@1000", Hold.HELD, false));
    run.tell(sold("pi", 1_000, 1_000));
    run.tell(new Fact.Judged("card", 600, Fact.Judged.ALL, Hold.OPEN, true));
    assertThat(run.balances()).containsEntry("escrow:ann coin:GEM", 7L);
    run.tell(new Fact.Judged("price", 700, "pi@1000", Hold.DENIED, true));
    // A case that was only a flag, granted by its deadline.
    run.tell(new Fact.Judged("flag", 9_000, "pi@1000", Hold.OPEN, true));
    assertThat(run.balances())
        .doesNotContainKeys("escrow:ann coin:GEM", "user_inventory:ann coin:GEM");
  }

  @Test
  void holdsWhatIsDoubtedRightAfterADecision() {
    var run = new Run();
    run.tell(sold("pi", 1_000, 1_000));
    // Decisions are dated ahead.
    run.tell(new Fact.Judged("price", 301_000, "pi@1000", Hold.OPEN, true));
    run.tell(new Fact.PartOf("p", 1_000, "sub"));
    run.tell(new Fact.Judged("warning", 2_000, Fact.Judged.ALL, Hold.HELD, false));
    assertThat(run.balances()).containsEntry("escrow:ann coin:GEM", 7L);
    // The subscription behind it follows, though the doubts are as old as each other.
    Fact before = new Fact.Backed("k", 301_000, "pi", true, 0);
    Fact after =
        run.purchase
            .backing()
            .getOrDefault(new PurchaseKey("app_store", Book.LIVE, "sub"), List.of())
            .getFirst();
    assertThat(PurchaseFacts.empty(KEY).with(List.of(after, before)).latest(Fact.Backed.class))
        .hasValueSatisfying(backed -> assertThat(backed.stands()).isFalse());
  }
}

package dev.fireside.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.ledger.Stored;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.payouts.store.PayoutAccountStore;
import dev.fireside.payouts.store.PayoutStore;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import dev.fireside.stripe.StripeStandIn;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The documents that payouts leave, one in every state, are those they left before.
class StoredPayoutsIT {
  private static final String FILE = "payouts";
  private static final String ROOT =
      "10bc7d58c5b12f5ce7979a402f111dc037f2524d149fe167f6de97bd1f1dc1f0";
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  /// The name of a run's shares is drawn.
  private static final Set<String> ANOTHER_EACH_TIME = Set.of("token");

  private static final List<String> PEOPLE =
      List.of("ann", "bob", "cid", "dan", "eve", "fay", "gil", "hal", "ida", "jan", "kim");

  private static final StripeStandIn STRIPE = new StripeStandIn();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Creators.settings(STRIPE, "sk_test_of_the_tests"));

  private final Creators creators = new Creators(fireside, STRIPE);

  @BeforeEach
  void begin() {
    fireside.resetData();
    STRIPE.reset();
    fireside.clock().stopAt(NOW);
  }

  @AfterAll
  static void end() {
    STRIPE.close();
  }

  @Test
  void writesWhatItWroteBefore() {
    live();
    Stored.assertAsIn(FILE, kept());
    assertThat(new LedgerStore(documents()).prove().root()).isEqualTo(ROOT);
  }

  @Test
  void readsWhatItWroteBefore() {
    Map<String, Map<String, Object>> before = Stored.file(FILE);
    before.forEach((path, fields) -> documents().set(path, fields));
    var ledger = new LedgerStore(documents());
    assertThat(ledger.prove().faults()).isEmpty();
    assertThat(ledger.prove().root()).isEqualTo(ROOT);
    var payouts = new PayoutStore(documents());
    var accounts = new PayoutAccountStore(documents());
    before.forEach((path, fields) -> {
      String id = path.substring(path.indexOf('/') + 1);
      String collection = path.substring(0, path.indexOf('/'));
      documents()
          .transact(transaction -> {
            switch (collection) {
              case "payouts" ->
                  payouts.put(
                      transaction,
                      payouts.payout(transaction, id).orElseThrow(),
                      at(fields, "updatedAt"));
              case "payoutRuns" ->
                  payouts.put(
                      transaction,
                      payouts.run(transaction, id).orElseThrow(),
                      at(fields, "updatedAt"));
              case "payoutAccounts" ->
                  accounts.put(
                      transaction,
                      accounts.find(transaction, new Uid(id)).orElseThrow(),
                      at(fields, "updatedAt"));
              default -> {
                // Written once, never again.
              }
            }
            return true;
          });
      if (collection.equals("statements")) {
        var statement =
            documents().transact(transaction -> payouts.statement(transaction, id).orElseThrow());
        documents().delete(path);
        documents()
            .transact(transaction -> {
              payouts.create(transaction, statement);
              return true;
            });
      } else if (collection.equals("transactions")) {
        var written = ledger.find(id).orElseThrow();
        documents().delete(path);
        documents()
            .transact(transaction -> {
              ledger.create(
                  transaction, written.journal(), written.entries(), at(fields, "recordedAt"));
              return true;
            });
      }
    });
    Stored.assertAsIn(FILE, kept());
  }

  private static Instant at(Map<String, Object> fields, String name) {
    return (Instant) fields.get(name);
  }

  private static Documents documents() {
    return fireside.platform().documents();
  }

  private static Map<String, Map<String, Object>> kept() {
    var kept =
        new HashMap<>(
            Stored.read(
                documents(),
                ANOTHER_EACH_TIME,
                "accounts",
                "transactions",
                "reviews",
                "payoutRuns",
                "statements",
                "payouts",
                "payoutAccounts"));
    for (String uid : PEOPLE) {
      kept.putAll(Stored.read(documents(), Set.of(), "notifications/" + uid + "/items"));
    }
    return kept;
  }

  /// One creator for each thing that can become of a payout.
  private void live() {
    earn("2026-01", "ann", 10_000, Map.of());
    earn("2026-02", "bob", 10_000);
    earn("2026-03", "cid", 600);
    creators.fire();
    linked("dan");
    earn("2026-04", "dan", 10_000);
    STRIPE.loseNextPosts(3);
    creators.fire();
    linked("eve");
    earn("2026-05", "eve", 10_000);
    STRIPE.setFunds("eur", 9_999);
    creators.fire();
    STRIPE.setFunds("eur", 1_000_000);
    linked("fay");
    earn("2026-06", "fay", 10_000);
    STRIPE.refuseNextPosts(1);
    creators.fire();
    linked("gil");
    earn("2026-07", "gil", 10_000);
    STRIPE.failNextPosts(1);
    creators.fire();
    linked("hal");
    earn("2026-08", "hal", 10_000);
    creators.fire();
    creators.account("ida", "acct_ida", Map.of("payouts_enabled", false));
    earn("2026-09", "ida", 10_000);
    linked("jan");
    earn("2026-10", "jan", 10_000);
    creators.fire();
    creators.correct("jan", 2, -4_000);
    creators.correct("jan", 3, 2_500);
    creators.boss().put("/api/payouts/accounts/kim", Map.of("account", "acct_elsewhere"));
    creators.boss().post("/api/payouts", creators.terms("2026-12", 500, 0, Map.of()));
    linked("hal", "acct_hal2");
    creators.reportTransfer(transferTo("acct_hal").put("amount_reversed", 4_000));
    creators.reportTransfer(transferTo("acct_hal").put("id", "tr_other"));
  }

  private void linked(String uid) {
    linked(uid, "acct_" + uid);
  }

  private void linked(String uid, String account) {
    creators.account(uid, account, Map.of("bank", "bank_of_" + uid));
  }

  private void earn(String period, String uid, long minor) {
    earn(period, uid, minor, Map.of("reserve", 0, "holdDays", 0));
  }

  private void earn(String period, String uid, long minor, Map<String, ?> terms) {
    creators.document("watchtime/" + period + "/creators/" + uid, Map.of("seconds", 10L));
    creators.boss().post("/api/payouts", creators.terms(period, minor, 0, terms));
    creators.boss().post("/api/payouts/" + period + "-EUR/close", Map.of());
  }

  private static ObjectNode transferTo(String account) {
    return STRIPE.madeAt("/v1/transfers").stream()
        .filter(transfer -> transfer.path("destination").asText().equals(account))
        .findFirst()
        .orElseThrow()
        .deepCopy();
  }
}

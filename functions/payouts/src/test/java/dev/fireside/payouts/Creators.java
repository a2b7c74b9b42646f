package dev.fireside.payouts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.LedgerProof;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.json.Json;
import dev.fireside.stripe.ConnectNotice;
import dev.fireside.stripe.StripeStandIn;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Creators, as tests of payouts know them: what they earn, their accounts, and the transfers to
/// them.
final class Creators {
  static final String RUN = "2026-10-EUR";

  /// The settings of functions that ask Stripe.
  ///
  /// @param keys of Stripe's interface, between commas
  static Map<String, String> settings(StripeStandIn stripe, String keys) {
    return Map.of("STRIPE_PAYOUTS_API_KEY", keys, "STRIPE_API_BASE", stripe.base());
  }

  private final FiresideExtension fireside;
  private final StripeStandIn stripe;

  Creators(FiresideExtension fireside, StripeStandIn stripe) {
    this.fireside = fireside;
    this.stripe = stripe;
  }

  TestHttp.Caller boss() {
    return fireside.http().as("boss", Role.ADMIN);
  }

  void watched(String uid, long seconds) {
    document("watchtime/2026-10/creators/" + uid, Map.of("seconds", seconds));
  }

  void gifts(String uid, long units) {
    document("giftRevenue/2026-10/creators/" + uid, Map.of("units", units));
  }

  void document(String path, Map<String, ?> fields) {
    fireside.platform().documents().set(path, fields);
  }

  Map<String, Object> terms(String period, long watchPool, long giftPool, Map<String, ?> more) {
    var body = new HashMap<String, Object>(more);
    body.put("period", period);
    body.put("currency", "EUR");
    body.put("watchPool", watchPool);
    body.put("giftPool", giftPool);
    return body;
  }

  Reply open(long watchPool, long giftPool, Map<String, ?> more) {
    return boss().post("/api/payouts", terms("2026-10", watchPool, giftPool, more));
  }

  Reply close() {
    Reply reply = boss().post("/api/payouts/" + RUN + "/close", Map.of());
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    return reply;
  }

  /// One creator earns all of a run.
  void earn(String uid, long minor) {
    watched(uid, 10);
    open(minor, 0, Map.of());
    close();
  }

  void earnEarlier(String uid, long minor) {
    document("watchtime/2026-08/creators/" + uid, Map.of("seconds", 1L));
    boss().post("/api/payouts", terms("2026-08", minor, 0, Map.of()));
    boss().post("/api/payouts/2026-08-EUR/close", Map.of());
  }

  /// A creator whose hold is over and whose account is open.
  void due(String uid, long minor) {
    earn(uid, minor);
    account(uid, "acct_" + uid, Map.of());
    pass(Duration.ofDays(14));
  }

  void account(String uid, String account, Map<String, ?> changes) {
    stripe.put("/v1/accounts/" + account, StripeStandIn.account(account, changes));
    Reply reply = boss().put("/api/payouts/accounts/" + uid, Map.of("account", account));
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
  }

  Reply correct(String uid, int version, long amount) {
    return boss()
        .post(
            "/api/payouts/" + RUN + "/statements/" + uid + "/corrections",
            Map.of("version", version, "amount", amount, "reason", "views were bought"));
  }

  JsonNode payout(String uid) {
    return fireside
        .http()
        .as(uid)
        .get("/api/payouts/statements")
        .body()
        .path("items")
        .path(0)
        .path("payouts")
        .path(0);
  }

  List<ObjectNode> transfers() {
    return stripe.madeAt("/v1/transfers");
  }

  void pass(Duration time) {
    fireside.clock().advance(time);
  }

  void fire() {
    fireside.fire("payouts-pay");
  }

  /// Stripe reports on an account.
  void reportAccount(String type, String account) {
    report(
        new ConnectNotice(
            "evt_" + type + account,
            type,
            fireside.clock().millis(),
            true,
            account,
            account,
            type.startsWith("account.external_account.") ? "bank" : null));
  }

  /// What the webhooks hand on.
  void report(ConnectNotice notice) {
    fireside.platform().topics().publish(ConnectNotice.TOPIC, notice);
    fireside.settle();
  }

  /// Sets what Stripe would tell of an account, without telling it.
  void seen(String account, Map<String, ?> changes) {
    stripe.put("/v1/accounts/" + account, StripeStandIn.account(account, changes));
  }

  /// The first transfer, changed at Stripe.
  ObjectNode transfer(Map<String, ?> changes) {
    ObjectNode transfer = transfers().getFirst().deepCopy();
    changes.forEach((field, value) -> transfer.set(field, Json.mapper().valueToTree(value)));
    return transfer;
  }

  /// Stripe has a transfer, and reports it.
  void reportTransfer(ObjectNode transfer) {
    reportTransfer(transfer, null);
  }

  /// @param account whose transfer it is said to be; null for ours
  void reportTransfer(ObjectNode transfer, @Nullable String account) {
    String id = transfer.path("id").asText();
    stripe.put("/v1/transfers/" + id, transfer);
    report(
        new ConnectNotice(
            "evt_" + id, "transfer.updated", fireside.clock().millis(), true, account, id, null));
  }

  /// What the books say of an account; 0 for one that has no entries.
  long balance(String account, String asset) {
    return ledger().balances(Book.LIVE, account).getOrDefault(asset, 0L);
  }

  LedgerProof proof() {
    return ledger().prove();
  }

  private LedgerStore ledger() {
    return new LedgerStore(fireside.platform().documents());
  }

  /// One transfer was made, and a person's payout knows of it.
  void assertPaidOnce(String uid) {
    assertThat(transfers()).hasSize(1);
    assertThat(payout(uid).path("status").asText()).isEqualTo("paid");
  }
}

package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.json.Json;
import dev.fireside.stripe.ConnectNotice;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is about creators is handed on to whoever pays them.
class ForwardToPayoutsIT {
  private static final String CONNECT = "/api/webhooks/stripe-connect";

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Shop.SETTINGS).topics(ConnectNotice.TOPIC);

  private final Shop shop = new Shop(fireside);

  @BeforeEach
  void begin() {
    fireside.resetData();
  }

  private static List<JsonNode> published() {
    fireside.settle();
    return fireside.published(ConnectNotice.TOPIC);
  }

  private static String event(String id, String type, Map<String, ?> object) {
    ObjectNode event = Json.mapper().createObjectNode();
    event.put("id", id).put("object", "event").put("type", type).put("livemode", true);
    event.put("created", 1_767_225_600);
    event.putObject("data").set("object", Json.mapper().valueToTree(object));
    return event.toString();
  }

  private static String of(String account, String event) {
    return ((ObjectNode) Shop.json(event)).put("account", account).toString();
  }

  @Test
  void namesTheTransferAndNotWhatWasSaidOfIt() {
    int before = published().size();
    shop.deliverStripe(event("evt_tr", "transfer.created", Map.of("id", "tr_1", "amount", 5)), 200);
    assertThat(published()).hasSize(before + 1);
    assertThat(published().getLast())
        .isEqualTo(
            Shop.json(
                """
                {"event": "evt_tr", "type": "transfer.created", "at": 1767225600000,
                 "live": true, "object": "tr_1"}
                """));
    // Once it is claimed, it is not handed on again.
    shop.deliverStripe(event("evt_tr", "transfer.created", Map.of("id", "tr_1", "amount", 5)), 200);
    assertThat(published()).hasSize(before + 1);
  }

  @Test
  void namesTheBankOfAnAccountAndNothingElseAboutIt() {
    String bank =
        event(
            "evt_ba",
            "account.external_account.created",
            Map.of("id", "ba_1", "fingerprint", "print", "last4", "4242"));
    shop.stripe(CONNECT, Shop.CONNECT_SECRET, of("acct_1", bank));
    JsonNode notice = published().getLast();
    assertThat(notice.path("account").asText()).isEqualTo("acct_1");
    assertThat(notice.path("bank").asText()).isEqualTo("print");
    assertThat(notice.toString()).doesNotContain("4242");
  }

  @Test
  void handsOnThinEventsWithoutReadingWhatTheyAreAbout() {
    String thin =
        """
        {"id": "evt_thin", "object": "v2.core.event", "type": "v1.transfer.reversed",
         "created": "2026-01-01T00:00:00.000Z", "livemode": true,
         "related_object": {"id": "tr_2", "type": "transfer", "url": "/v1/transfers/tr_2"}}
        """;
    shop.deliverStripe(thin, 200);
    assertThat(published().getLast().path("type").asText()).isEqualTo("transfer.reversed");
    assertThat(published().getLast().path("object").asText()).isEqualTo("tr_2");
  }

  @Test
  void keepsToItselfWhatNobodyPaysBy() {
    int before = published().size();
    String theirs = event("evt_theirs", "transfer.created", Map.of("id", "tr_3"));
    shop.stripe(CONNECT, Shop.CONNECT_SECRET, of("acct_1", theirs));
    String payout = event("evt_po", "payout.paid", Map.of("id", "po_1"));
    shop.stripe(CONNECT, Shop.CONNECT_SECRET, of("acct_1", payout));
    assertThat(published()).hasSize(before);
  }

  /// Where Pub/Sub takes no message.
  @Nested
  class Undelivered {
    @RegisterExtension
    static final FiresideExtension deaf = FiresideExtension.create().with(Shop.SETTINGS);

    @Test
    void claimsNothingThatItCouldNotHandOn() {
      Reply reply =
          new Shop(deaf).stripe(event("evt_lost", "transfer.created", Map.of("id", "tr_4")));
      assertThat(reply.status()).isGreaterThanOrEqualTo(500);
      assertThat(deaf.platform().documents().get("webhooks/stripe:evt_lost")).isEmpty();
    }
  }
}

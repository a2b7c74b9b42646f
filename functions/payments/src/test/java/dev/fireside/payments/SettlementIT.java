package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.Calls;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp;
import dev.fireside.shared.auth.Role;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What stores settle, as admins record it, and what they still owe.
class SettlementIT {
  private static final String SETTLEMENTS = "/api/payments/settlements";
  private static final String RECEIVABLE = "store_receivable:app_store";
  private static final String BANK = "bank:app_store";
  private static final String DIFFERENCE = "settlement_difference:app_store";

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(Shop.SETTINGS);

  private final Shop shop = new Shop(fireside);
  private long owed;

  @BeforeEach
  void open() {
    fireside.resetData();
    shop.fillCatalogue();
    shop.deliver("non_renewing_purchase");
    owed = shop.balance(RECEIVABLE, "EUR");
    assertThat(owed).isPositive();
  }

  @AfterEach
  void booksAreInOrder() {
    fireside.settle();
    assertThat(shop.proof().faults()).isEmpty();
  }

  private static TestHttp.Caller boss() {
    return fireside.http().as("boss", Role.ADMIN);
  }

  /// What Apple settled for January, with fields replaced.
  private Map<String, Object> settled(Map<String, ?> changes) {
    var settled = new HashMap<String, Object>();
    settled.put("store", "app_store");
    settled.put("period", "2026-01");
    settled.put("currency", "EUR");
    settled.put("gross", 3_299);
    settled.put("commission", 3_299 - 527 - owed);
    settled.put("tax", 527);
    settled.put("paid", owed);
    settled.put("paidOn", "2026-02-27");
    settled.put("reference", "AAPL-2026-01");
    settled.putAll(changes);
    return settled;
  }

  private JsonNode record(Map<String, ?> changes) {
    Reply reply = boss().post(SETTLEMENTS, settled(changes));
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    return reply.body();
  }

  private List<String> reasons() {
    var documents = fireside.platform().documents();
    return documents.list(documents.collection("reviews")).stream()
        .map(review -> review.fields().requiredText("reason"))
        .toList();
  }

  @Test
  void recordsWhatComesTogetherOnceEach() {
    for (boolean same : new boolean[] {true, false}) {
      List<Reply> replies =
          Calls.atOnce(
              12,
              i ->
                  boss()
                      .post(
                          SETTLEMENTS,
                          settled(Map.of("reference", same ? "one" : "another-" + i))));
      assertThat(replies)
          .allSatisfy(reply -> assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200));
      // The first pays it all off, each further one brings more than was expected.
      assertThat(shop.balance(RECEIVABLE, "EUR")).isZero();
      assertThat(shop.balance(BANK, "EUR")).isEqualTo(same ? owed : 13 * owed);
    }
  }

  @Test
  void paysOffWhatAStoreOwesOnceByItsReference() throws Exception {
    Callable<Integer> call = () -> boss().post(SETTLEMENTS, settled(Map.of())).status();
    try (var threads = Executors.newFixedThreadPool(4)) {
      for (Future<Integer> answer :
          threads.invokeAll(IntStream.range(0, 4).mapToObj(_ -> call).toList())) {
        assertThat(answer.get()).isEqualTo(200);
      }
    }
    JsonNode again = record(Map.of());
    assertThat(again.path("id").asText()).isEqualTo("app_store:live:AAPL-2026-01");
    assertThat(again.path("expected").asLong()).isEqualTo(owed);
    assertThat(again.path("difference").asLong()).isZero();
    assertThat(shop.balance(RECEIVABLE, "EUR")).isZero();
    assertThat(shop.balance(BANK, "EUR")).isEqualTo(owed);
    assertThat(shop.journals()).isEqualTo(2);
    assertThat(reasons()).isEmpty();
    Reply other = boss().post(SETTLEMENTS, settled(Map.of("paid", owed - 1)));
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.body().path("reason").asText()).isEqualTo("other-terms");
    JsonNode items = boss().get(SETTLEMENTS + "?store=app_store&limit=1").body().path("items");
    assertThat(items).containsExactly(again);
    assertThat(boss().get(SETTLEMENTS + "?store=amazon").body().path("items")).isEmpty();
  }

  @Test
  void booksADifferenceWithACaseUntilTheRestArrives() {
    JsonNode part = record(Map.of("paid", owed - 100));
    assertThat(part.path("difference").asLong()).isEqualTo(100);
    assertThat(shop.balance(RECEIVABLE, "EUR")).isZero();
    assertThat(shop.balance(DIFFERENCE, "EUR")).isEqualTo(100);
    assertThat(reasons()).containsExactly("settlement_difference");
    record(Map.of("paid", 100, "reference", "AAPL-2026-01-b"));
    assertThat(shop.balance(RECEIVABLE, "EUR")).isZero();
    assertThat(shop.balance(DIFFERENCE, "EUR")).isZero();
    assertThat(shop.balance(BANK, "EUR")).isEqualTo(owed);
    // Of another month nothing was expected.
    record(Map.of("paid", 50, "reference", "AAPL-2026-02", "period", "2026-02"));
    assertThat(shop.balance(DIFFERENCE, "EUR")).isEqualTo(-50);
    Reply overlapping =
        boss()
            .post(
                SETTLEMENTS,
                settled(Map.of("period", "2026-01-15/2026-02-10", "reference", "AAPL-x")));
    assertThat(overlapping.status()).isEqualTo(409);
    assertThat(overlapping.body().path("reason").asText()).isEqualTo("period-overlaps");
  }

  @Test
  void takesASettlementBackOnce() {
    String id = record(Map.of("paid", owed - 7)).path("id").asText();
    String path = SETTLEMENTS + "/" + id.replace(":", "%3A") + "/reversal";
    for (int i = 0; i < 2; i++) {
      Reply reply = boss().post(path, Map.of());
      assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
      assertThat(reply.body().path("status").asText()).isEqualTo("reversed");
      assertThat(reply.body().path("reversedBy").asText()).isEqualTo("boss");
    }
    assertThat(shop.balance(RECEIVABLE, "EUR")).isEqualTo(owed);
    assertThat(shop.balance(BANK, "EUR")).isZero();
    assertThat(shop.balance(DIFFERENCE, "EUR")).isZero();
    assertThat(shop.journals()).isEqualTo(3);
    assertThat(record(Map.of("reference", "AAPL-2026-01-right")).path("expected").asLong())
        .isEqualTo(owed);
    assertThat(shop.balance(RECEIVABLE, "EUR")).isZero();
    assertThat(boss().post(SETTLEMENTS + "/none/reversal", Map.of()).status()).isEqualTo(404);
    assertThat(boss().post(SETTLEMENTS + "/__x__/reversal", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void namesTheFieldThatIsNotValid() {
    Map<String, Object> wrong =
        Map.of(
            "store", "stripe",
            "period", "2026-13",
            "currency", "XXX",
            "gross", "1",
            "paid", 2_000_000_000_000L,
            "paidOn", "2999-01-01",
            "reference", "a/b");
    wrong.forEach((field, value) -> {
      Reply reply = boss().post(SETTLEMENTS, settled(Map.of(field, value)));
      assertThat(reply.status()).as(field).isEqualTo(400);
      assertThat(reply.body().path("errors").path(0).path("field").asText()).isEqualTo(field);
    });
    for (String field : List.of("gross", "commission", "tax")) {
      assertThat(boss().post(SETTLEMENTS, settled(Map.of(field, -5))).errorFields())
          .containsExactly(field);
    }
    assertThat(boss().post(SETTLEMENTS, settled(Map.of("period", "+999999999-12"))).errorFields())
        .containsExactly("period");
    for (String query :
        List.of(
            "from=2026-1",
            "to=x",
            "from=2026-02&to=2026-01",
            "from=1999-01",
            "from=%2B999999999-12",
            "to=%2B999999999-12")) {
      assertThat(boss().get(SETTLEMENTS + "/report?" + query).status()).as(query).isEqualTo(400);
    }
    assertThat(boss().get(SETTLEMENTS + "?store=a:b").status()).isEqualTo(400);
    assertThat(boss().post(SETTLEMENTS, settled(Map.of("store", "__a"))).errorFields())
        .containsExactly("store");
    assertThat(boss().get(SETTLEMENTS + "?store=").errorFields()).containsExactly("?store");
    assertThat(shop.journals()).isEqualTo(1);
  }

  @Test
  void reportsWhatIsOwedPaidAndOpenByStoreAndMonth() {
    shop.deliver(
        "non_renewing_purchase",
        Map.of(
            "id", "february",
            "transaction_id", "t2",
            "original_transaction_id", "t2",
            "purchased_at_ms", 1_770_500_000_000L));
    record(Map.of("paid", owed - 5, "paidOn", "2026-02-27"));
    fireside.clock().advance(Duration.ofDays(1));
    String path = SETTLEMENTS + "/report?from=2026-01&to=2026-02";
    JsonNode items = boss().get(path).body().path("items");
    assertThat(items).hasSize(2);
    JsonNode january = items.path(0);
    assertThat(january.path("month").asText()).isEqualTo("2026-01");
    assertThat(january.path("store").asText()).isEqualTo("app_store");
    assertThat(january.path("expected").asLong()).isEqualTo(owed);
    assertThat(january.path("paidOut").asLong()).isZero();
    assertThat(january.path("balance").asLong()).isEqualTo(owed);
    assertThat(january.path("open").asLong()).isZero();
    assertThat(january.has("ageDays")).isFalse();
    JsonNode february = items.path(1);
    assertThat(february.path("expected").asLong()).isEqualTo(owed);
    assertThat(february.path("paidOut").asLong()).isEqualTo(owed - 5);
    assertThat(february.path("fees").asLong()).isPositive();
    assertThat(february.path("difference").asLong()).isEqualTo(5);
    assertThat(february.path("balance").asLong()).isEqualTo(owed);
    assertThat(february.path("open").asLong()).isEqualTo(owed);
    assertThat(february.path("ageDays").asLong()).isPositive();
    assertThat(boss().get(path + "&limit=1").body().has("nextCursor")).isTrue();

    Reply csv = boss().header("Accept", "text/csv").get(path);
    assertThat(csv.body().asText().split("\r\n"))
        .hasSize(3)
        .startsWith("store,month,currency,expected,paidOut,fees,difference,balance,open,ageDays");
    assertThat(boss().header("Accept", "text/csv").get(SETTLEMENTS).body().asText())
        .contains("AAPL-2026-01,2026-01,EUR,3299");
  }
}

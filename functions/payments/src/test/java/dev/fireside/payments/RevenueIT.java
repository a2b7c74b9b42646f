package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp;
import dev.fireside.shared.auth.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Revenue and tax as reports, and the lists of accounts and journals: all of them are the ledger.
class RevenueIT {
  private static final String YEAR = "?from=2025-12&to=2026-11";

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(Shop.SETTINGS);

  private final Shop shop = new Shop(fireside);

  @BeforeEach
  void open() {
    fireside.resetData();
    shop.fillCatalogue();
  }

  private static TestHttp.Caller boss() {
    return fireside.http().as("boss", Role.ADMIN);
  }

  private static List<JsonNode> items(String path) {
    Reply reply = boss().get(path);
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    var items = new ArrayList<JsonNode>();
    reply.body().path("items").forEach(items::add);
    return items;
  }

  private static List<JsonNode> all(String path) {
    var items = new ArrayList<JsonNode>();
    String cursor = "";
    do {
      JsonNode page = boss().get(path + cursor).body();
      page.path("items").forEach(items::add);
      cursor =
          page.has("nextCursor")
              ? "&cursor="
                  + URLEncoder.encode(page.path("nextCursor").asText(), StandardCharsets.UTF_8)
              : "";
    } while (!cursor.isEmpty());
    return items;
  }

  private static Map<String, Object> sale(
      int number, String store, String country, Map<String, ?> more) {
    var changes = new HashMap<String, Object>();
    changes.put("id", "e" + number);
    changes.put("transaction_id", "t" + number);
    changes.put("original_transaction_id", "t" + number);
    changes.put("store", store);
    changes.put("country_code", country);
    changes.put("event_timestamp_ms", 1767398410000L + number * 1_500_000_000L);
    changes.put("purchased_at_ms", 1767398400000L + number * 1_500_000_000L);
    changes.putAll(more);
    return changes;
  }

  private static long sum(
      List<JsonNode> rows, Predicate<JsonNode> of, ToLongFunction<JsonNode> what) {
    return rows.stream().filter(of).mapToLong(what).sum();
  }

  /// The sum of the balances of all accounts for something, in one currency.
  private static long balances(String kind, String currency) {
    return sum(
        all("/api/ledger/accounts?limit=3&kind=" + kind),
        account -> account.path("asset").asText().equals(currency),
        account -> account.path("balance").asLong());
  }

  @Test
  void aRowForEachMonthProductStoreAndCountry() {
    shop.deliver("non_renewing_purchase", sale(1, "APP_STORE", "DE", Map.of()));
    shop.deliver("non_renewing_purchase", sale(2, "STRIPE", "FR", Map.of()));
    shop.deliver("non_renewing_purchase", sale(2, "STRIPE", "FR", Map.of()));
    shop.deliver("non_renewing_purchase", sale(3, "STRIPE", "France", Map.of()));

    List<JsonNode> rows = items("/api/ledger/revenue" + YEAR);
    assertThat(rows).hasSize(3);
    JsonNode german = rows.getFirst();
    assertThat(german.path("month").asText()).isEqualTo("2026-01");
    assertThat(german.path("product").asText()).isEqualTo("gems_2100");
    assertThat(german.path("store").asText()).isEqualTo("app_store");
    assertThat(german.path("country").asText()).isEqualTo("DE");
    assertThat(german.path("currency").asText()).isEqualTo("EUR");
    assertThat(german.path("gross").asLong()).isEqualTo(3299 - 527);
    assertThat(german.path("tax").asLong()).isZero();
    assertThat(german.path("fees").asLong()).isEqualTo(832);
    assertThat(german.path("net").asLong()).isEqualTo(3299 - 527 - 832);
    assertThat(german.path("units").asLong()).isEqualTo(1);
    JsonNode french = rows.getLast();
    assertThat(french.path("country").asText()).isEqualTo("FR");
    assertThat(french.path("gross").asLong()).isEqualTo(3299);
    assertThat(french.path("tax").asLong()).isEqualTo(527);
    assertThat(rows.get(1).has("country")).isFalse();

    List<JsonNode> tax = items("/api/ledger/tax" + YEAR);
    assertThat(tax).hasSize(3);
    JsonNode due =
        tax.stream().filter(row -> row.path("country").asText().equals("FR")).findFirst().get();
    assertThat(due.path("tax").asLong()).isEqualTo(527);
    assertThat(due.path("sales").asLong()).isEqualTo(3299 - 527);
    String journal =
        boss().get("/api/ledger/journals?limit=1").body().path("items").path(0).toString();
    assertThat(journal).contains("\"labels\":{\"product\":\"gems_2100\"}");
  }

  @Test
  void aReportIsAFileToo() {
    shop.deliver("non_renewing_purchase", sale(1, "APP_STORE", "DE", Map.of()));
    for (String report : List.of("revenue", "tax")) {
      Reply reply = boss().header("Accept", "text/csv").get("/api/ledger/" + report + YEAR);
      assertThat(reply.body().asText().lines()).hasSize(2).first().asString().startsWith("month,");
      assertThat(reply.header("Content-Disposition").orElse("")).contains(report + ".csv");
    }
    assertThat(boss().header("Accept", "text/csv").get("/api/ledger/accounts").body().asText())
        .startsWith("account,asset,exponent,balance,entries\r\n")
        .contains("revenue:gems_2100,EUR,2,-2772,1\r\n");
  }

  @Test
  void monthsMustBeMonths() {
    for (String query :
        List.of(
            "from=2026",
            "from=2026-13",
            "from=2026-02&to=2026-01",
            "from=2026-01&to=2027-01",
            "from=0000-01",
            "from=9999-12",
            "to=%2B999999999-12")) {
      Reply reply = boss().get("/api/ledger/revenue?" + query);
      assertThat(reply.status()).as(query).isEqualTo(400);
      assertThat(reply.errorFields().getFirst()).as(query).isIn("?from", "?to");
    }
  }

  /// Purchases, refunds and disputes in any order, some twice: every sum of the report is a balance
  /// of the ledger.
  @Test
  void theReportEqualsTheLedger() {
    for (int seed = 1; seed <= 3; seed++) {
      fireside.resetData();
      shop.fillCatalogue();
      program(new Random(seed)).forEach(Runnable::run);
      fireside.settle();
      List<JsonNode> rows = items("/api/ledger/revenue" + YEAR);
      List<JsonNode> tax = items("/api/ledger/tax" + YEAR);
      for (String currency : List.of("EUR", "USD")) {
        Predicate<JsonNode> of = row -> row.path("currency").asText().equals(currency);
        String as = "seed " + seed + " " + currency + " " + rows;
        assertThat(sum(rows, of, row -> row.path("net").asLong() + row.path("tax").asLong()))
            .as(as)
            .isEqualTo(
                balances("store_receivable", currency)
                    + balances("out_of_band_receivable", currency));
        assertThat(sum(rows, of, row -> row.path("tax").asLong()))
            .as(as)
            .isEqualTo(-balances("tax", currency))
            .isEqualTo(sum(tax, of, row -> row.path("tax").asLong()));
        assertThat(sum(rows, of, row -> row.path("fees").asLong()))
            .as(as)
            .isEqualTo(balances("fees", currency));
        assertThat(sum(rows, of, row -> row.path("disputes").asLong()))
            .as(as)
            .isEqualTo(balances("disputed", currency) + balances("dispute_loss", currency));
        assertThat(sum(rows, of, RevenueIT::kept))
            .as(as)
            .isEqualTo(-balances("revenue", currency) - balances("unassigned", currency))
            .isEqualTo(sum(tax, of, row -> row.path("sales").asLong()));
        assertThat(
                sum(
                    rows,
                    of.and(row -> row.path("product").asText().equals("gems_2100")),
                    RevenueIT::kept))
            .as(as)
            .isEqualTo(-shop.balance("revenue:gems_2100", currency));
      }
      assertThat(rows.stream().filter(row -> row.path("refunds").asLong() != 0)).isNotEmpty();
      assertThat(shop.proof().faults()).isEmpty();
    }
  }

  private static long kept(JsonNode row) {
    return row.path("gross").asLong() - row.path("refunds").asLong() - row.path("tax").asLong();
  }

  private List<Runnable> program(Random random) {
    var program = new ArrayList<Runnable>();
    for (int i = 0; i < 8; i++) {
      String store = List.of("APP_STORE", "PLAY_STORE", "STRIPE").get(random.nextInt(3));
      String country = List.of("DE", "FR", "").get(random.nextInt(3));
      Map<String, String> product =
          random.nextInt(4) == 0 ? Map.of("product_id", "com.example.new") : Map.of();
      Map<String, Object> sold = sale(i, store, country, product);
      program.add(() -> shop.deliver("non_renewing_purchase", sold));
      if (i == 0 || random.nextInt(3) == 0) {
        var refund = new HashMap<>(sold);
        refund.put("id", "r" + i);
        refund.put("event_timestamp_ms", (long) sold.get("event_timestamp_ms") + 2_000_000_000L);
        program.add(() -> shop.deliver("cancellation_refund_consumable", refund));
      }
    }
    program.add(() -> shop.deliverStripe("checkout.session.completed"));
    if (random.nextBoolean()) {
      program.add(() -> shop.deliverStripe("charge.refunded.partial"));
    }
    program.add(() -> shop.deliverStripe("charge.dispute.created"));
    String end = random.nextBoolean() ? "won" : "lost";
    program.add(() ->
        shop.deliverStripe(
            Shop.stripeEvent("charge.dispute.closed", "evt_end", Map.of("status", end)), 200));
    program.addAll(List.copyOf(program).subList(0, 4));
    Collections.shuffle(program, random);
    program.add(() ->
        shop.put(
            "new",
            """
            {"names": ["com.example.new"], "currencies": [{"code": "GEM", "amount": 7}]}
            """));
    return program;
  }

  @Test
  void journalsOfARangeOfDays() {
    for (int i = 0; i < 4; i++) {
      shop.deliver("non_renewing_purchase", sale(i, "STRIPE", "DE", Map.of()));
    }
    shop.deliver("cancellation_refund_consumable", sale(1, "STRIPE", "DE", Map.of("id", "r")));
    String revenue = "/api/ledger/journals?limit=2&account=revenue:gems_2100";
    List<JsonNode> oldest = all(revenue + "&order=oldest");
    assertThat(oldest)
        .hasSize(5)
        .isSortedAccordingTo(
            (a, b) -> a.path("occurredAt").asText().compareTo(b.path("occurredAt").asText()));
    assertThat(all(revenue)).isEqualTo(oldest.reversed());
    assertThat(all(revenue + "&kind=refund")).hasSize(1);
    assertThat(all(revenue + "&from=2026-01-04")).hasSizeLessThan(5);
    assertThat(all(revenue + "&to=2026-01-04").size() + all(revenue + "&from=2026-01-04").size())
        .isEqualTo(5);
    assertThat(all("/api/ledger/journals?limit=2&account=revenue:none")).isEmpty();
    long moved = 0;
    for (JsonNode journal : oldest) {
      for (JsonNode entry : journal.path("entries")) {
        if (entry.path("account").asText().equals("revenue:gems_2100")) {
          long amount = entry.path("amount").asLong();
          moved += entry.path("side").asText().equals("debit") ? amount : -amount;
        }
      }
    }
    assertThat(moved).isEqualTo(shop.balance("revenue:gems_2100", "EUR"));
    for (String bad :
        List.of(
            "from=yesterday",
            "to=2026-02-30",
            "order=best",
            "from=2026-02-02&to=2026-02-01",
            "account=",
            "kind=",
            "book=",
            "order=")) {
      assertThat(boss().get("/api/ledger/journals?" + bad).status()).as(bad).isEqualTo(400);
    }
  }

  @Test
  void accountsByKindOverTheirShards() {
    for (int i = 0; i < 6; i++) {
      shop.deliver("non_renewing_purchase", sale(i, "STRIPE", "DE", Map.of()));
    }
    List<JsonNode> every = all("/api/ledger/accounts?limit=1");
    assertThat(every.stream().map(account -> account.path("account").asText()))
        .containsExactlyInAnyOrder(
            "fees:stripe",
            "item_issuance:chest",
            "item_issuance:GEM",
            "revenue:gems_2100",
            "store_receivable:stripe",
            "tax:stripe",
            "user_inventory:" + Shop.ALICE,
            "user_inventory:" + Shop.ALICE);
    assertThat(items("/api/ledger/accounts?kind=revenue")).hasSize(1);
    JsonNode revenue = items("/api/ledger/accounts?kind=revenue").getFirst();
    assertThat(revenue.path("balance").asLong())
        .isEqualTo(shop.balance("revenue:gems_2100", "EUR"))
        .isEqualTo(-6 * (3299 - 527));
    assertThat(revenue.path("entries").asLong()).isEqualTo(6);
    assertThat(items("/api/ledger/accounts?kind=memo")).isEmpty();
    assertThat(items("/api/ledger/accounts?kind=revenue&book=sandbox")).isEmpty();
    assertThat(boss().get("/api/ledger/accounts?kind=money").status()).isEqualTo(400);
  }
}

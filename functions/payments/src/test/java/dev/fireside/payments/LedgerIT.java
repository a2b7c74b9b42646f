package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.TestHttp;
import dev.fireside.payments.reconciliation.ProveFunction;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.store.Documents;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LedgerIT {
  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(Shop.SETTINGS);

  private final Shop shop = new Shop(fireside);

  @BeforeEach
  void open() {
    fireside.resetData();
    shop.fillCatalogue();
  }

  @AfterEach
  void booksAreInOrder() {
    assertThat(shop.proof().faults()).isEmpty();
  }

  private static TestHttp.Caller admin() {
    return fireside.http().as("boss", Role.ADMIN);
  }

  private void buy(int number) {
    shop.deliver(
        "non_renewing_purchase",
        Map.of(
            "id", "buy-" + number,
            "transaction_id", "t" + number,
            "original_transaction_id", "t" + number,
            "purchased_at_ms", 1_767_398_400_000L + number * 3_600_000L,
            "event_timestamp_ms", 1_767_398_400_000L + number * 3_600_000L));
  }

  @Test
  void showsPeopleTheirOwnLinesPageByPage() {
    for (int i = 0; i < 5; i++) {
      buy(i);
    }
    for (String list : List.of("/api/ledger/statement", "/api/purchases")) {
      var seen = new ArrayList<String>();
      String cursor = "";
      do {
        JsonNode page =
            fireside.http().as(Shop.ALICE).get(list + "?limit=2&cursor=" + cursor).body();
        page.path("items").forEach(item -> seen.add(item.path("id").asText()));
        cursor = page.path("nextCursor").asText("");
      } while (!cursor.isEmpty());
      assertThat(seen).hasSize(5).doesNotHaveDuplicates();
    }
    JsonNode journal =
        fireside.http().as(Shop.ALICE).get("/api/ledger/statement").body().path("items").path(0);
    var accounts = new HashSet<String>();
    journal.path("entries").forEach(line -> accounts.add(line.path("account").asText()));
    assertThat(accounts).containsOnly("user_inventory:" + Shop.ALICE);
    assertThat(fireside.http().as(Shop.BOB).get("/api/ledger/statement").body().path("items"))
        .isEmpty();
  }

  @Test
  void showsAdminsEverythingAndNobodyElse() {
    buy(1);
    JsonNode items = admin().get("/api/ledger/users/" + Shop.ALICE).body().path("items");
    String id = items.path(0).path("id").asText();
    assertThat(admin().get("/api/ledger/journals/" + id).body().path("entries").size())
        .isGreaterThan(4);
    assertThat(
            admin()
                .get("/api/ledger/accounts/revenue:gems_2100")
                .body()
                .path("balances")
                .path("EUR")
                .asLong())
        .isEqualTo(-(3299 - 527));
    JsonNode proof = admin().get("/api/ledger/proof").body();
    assertThat(proof.path("sound").asBoolean()).isTrue();
    assertThat(proof.path("journals").asLong()).isEqualTo(1);
    assertThat(proof.path("trialBalance"))
        .isEqualTo(admin().get("/api/ledger/trial-balance").body().path("sums"));
    JsonNode trial = admin().get("/api/ledger/trial-balance").body();
    assertThat(trial.path("balanced").asBoolean()).isTrue();
    assertThat(trial.path("sums").path("live EUR").asLong(1)).isZero();
    assertThat(admin().get("/api/ledger/journals/none").status()).isEqualTo(404);
    assertThat(admin().get("/api/ledger/journals/__x__").status()).isEqualTo(404);
    for (String path :
        List.of(
            "/api/ledger/users/" + Shop.ALICE,
            "/api/ledger/journals/" + id,
            "/api/ledger/accounts/revenue:gems_2100",
            "/api/ledger/trial-balance",
            "/api/ledger/proof")) {
      assertThat(fireside.http().as(Shop.ALICE).get(path).status()).as(path).isEqualTo(403);
      assertThat(fireside.http().anonymous().get(path).status()).as(path).isEqualTo(401);
      for (String method : List.of("POST", "PUT", "PATCH", "DELETE")) {
        assertThat(admin().raw(method, path, new byte[] {'{', '}'}, "application/json").status())
            .as(method + " " + path)
            .isEqualTo(405);
      }
    }
  }

  @Test
  void findsWhateverIsChangedBehindItsBack() {
    buy(1);
    buy(2);
    assertThat(faults()).isEmpty();
    Documents documents = fireside.platform().documents();
    var journal = documents.list(documents.collection("transactions")).getFirst();
    var account = documents.list(documents.collection("accounts")).getFirst();

    documents.delete(journal.path());
    assertThat(faults()).isNotEmpty();
    documents.set(journal.path(), journal.fields().values());
    assertThat(faults()).isEmpty();

    documents.merge(journal.path(), Map.of("uid", "somebody"));
    assertThat(faults()).isNotEmpty();
    documents.set(journal.path(), journal.fields().values());

    documents.merge(account.path(), Map.of("balance", account.fields().number("balance") + 1));
    assertThat(faults()).isNotEmpty();
    assertThat(admin().get("/api/ledger/trial-balance").body().path("balanced").asBoolean(true))
        .isFalse();
    documents.set(account.path(), account.fields().values());

    documents.merge(journal.path(), Map.of("entries", List.of()));
    assertThat(faults()).isNotEmpty();
    documents.set(journal.path(), Map.of("kind", "nonsense"));
    assertThat(faults()).isNotEmpty();
    documents.set(journal.path(), journal.fields().values());

    documents.merge(account.path(), Map.of("account", "revenue:other"));
    assertThat(faults()).isNotEmpty();
    documents.set(account.path(), account.fields().values());
  }

  @Test
  void findsMemosThatAreChangedOrTakenOut() {
    shop.deliver("initial_purchase");
    shop.deliver("transfer");
    Documents documents = fireside.platform().documents();
    var memo =
        documents.list(documents.collection("transactions")).stream()
            .filter(journal -> journal.fields().requiredText("kind").equals("transfer"))
            .findFirst()
            .orElseThrow();
    assertThat(memo.fields().requiredText("memo")).startsWith("from ");
    documents.delete(memo.path());
    assertThat(faults()).isNotEmpty();
    documents.set(memo.path(), memo.fields().values());
    assertThat(faults()).isEmpty();
    documents.merge(memo.path(), Map.of("memo", "from nobody to somebody"));
    assertThat(faults()).isNotEmpty();

    List<String> alerts = prove();
    assertThat(alerts).isNotEmpty().allMatch(line -> line.startsWith("ALERT the ledger"));
    documents.set(memo.path(), memo.fields().values());
    assertThat(prove()).hasSize(1).allMatch(line -> line.matches(".*root is [0-9a-f]{64}"));
    // People see what moved on their accounts, and nothing of memos.
    assertThat(fireside.http().as(Shop.BOB).get("/api/ledger/statement").body().toString())
        .doesNotContain("from ");
  }

  /// What the daily proof logs.
  private static List<String> prove() {
    var lines = new CopyOnWriteArrayList<String>();
    var handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            lines.add(new SimpleFormatter().formatMessage(entry));
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    Logger logger = Logger.getLogger(ProveFunction.class.getName());
    logger.addHandler(handler);
    try {
      fireside.fire("payments-prove");
    } finally {
      logger.removeHandler(handler);
    }
    return lines;
  }

  private static JsonNode faults() {
    return admin().get("/api/ledger/proof").body().path("faults");
  }

  @Test
  void provesALedgerThatIsWrittenMeanwhile() throws Exception {
    var writer =
        Thread.ofVirtual()
            .start(() -> {
              for (int i = 0; i < 30; i++) {
                buy(i);
              }
            });
    while (writer.isAlive()) {
      assertThat(shop.proof().faults()).isEmpty();
    }
    writer.join();
    assertThat(shop.proof().journals()).isEqualTo(30);
  }

  @Test
  void editsTheCatalogueOnlyWithWhatThereIs() {
    Map<String, Object> product =
        Map.of(
            "names", List.of("com.example.x"),
            "currencies", List.of(Map.of("code", "NONE", "amount", 1)));
    assertThat(admin().put("/api/catalogue/x", product).status()).isEqualTo(400);
    assertThat(
            admin()
                .put(
                    "/api/catalogue/x",
                    Map.of("price", Map.of("currency", "XAU", "amount", 1), "names", List.of()))
                .status())
        .isEqualTo(400);
    assertThat(fireside.http().as("ann").put("/api/catalogue/x", product).status()).isEqualTo(403);
    assertThat(fireside.http().anonymous().get("/api/catalogue/gems_500").body().path("price"))
        .isNotEmpty();
    assertThat(fireside.http().anonymous().get("/api/catalogue?limit=1").body().path("nextCursor"))
        .isNotNull();
    assertThat(fireside.http().anonymous().get("/api/catalogue/none").status()).isEqualTo(404);
    assertThat(fireside.http().anonymous().get("/api/catalogue/__x__").status()).isEqualTo(400);
    String journal = URLEncoder.encode("€".repeat(501), StandardCharsets.UTF_8);
    assertThat(admin().get("/api/ledger/journals/" + journal).status()).isEqualTo(404);
  }
}

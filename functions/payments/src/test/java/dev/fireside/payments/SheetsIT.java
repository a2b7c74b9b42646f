package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.shared.auth.Role;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The lists of support and finance as CSV.
class SheetsIT {
  private static final int BOUGHT = 3;

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(Shop.SETTINGS);

  private static final Shop shop = new Shop(fireside);

  @BeforeAll
  static void fill() {
    shop.fillCatalogue();
    for (int i = 0; i < BOUGHT; i++) {
      shop.deliver("non_renewing_purchase", bought("t" + i, Map.of()));
    }
    shop.deliver("non_renewing_purchase", bought("w", Map.of("product_id", "=cmd(A0)")));
    shop.deliver("initial_purchase", Map.of("price_in_purchased_currency", 0.01));
  }

  private static Map<String, Object> bought(String transaction, Map<String, ?> more) {
    var changes = new HashMap<String, Object>(more);
    changes.put("id", "event-" + transaction);
    changes.put("transaction_id", transaction);
    changes.put("original_transaction_id", transaction);
    return changes;
  }

  /// The lines of a list, its header first.
  private static List<String> csv(String path) {
    Reply reply = fireside.http().as("boss", Role.ADMIN).header("Accept", "text/csv").get(path);
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
    assertThat(reply.header("Content-Disposition").orElse("")).startsWith("attachment; filename=");
    return List.of(reply.body().asText().split("\r\n"));
  }

  private static String receipts() {
    return "/api/payments/users/" + Shop.ALICE + "/purchases";
  }

  @Test
  void aPersonsPurchases() {
    List<String> lines = csv(receipts());

    assertThat(lines.getFirst())
        .isEqualTo("id,product,store,status,amount,currency,refunded,units,purchasedAt,expiresAt");
    assertThat(lines)
        .hasSize(1 + BOUGHT + 1)
        .anyMatch(line ->
            line.contains(
                ",gems_2100,app_store,granted,3299,EUR,0,currency:GEM=2100; item:chest=3,2026-"));
  }

  @Test
  void theJournalsOfASaleHaveARowForEachEntry() {
    String sale =
        fireside.http().as("mia", Role.MODERATOR).get(receipts()).texts("id").stream()
            .filter(id -> id.contains(":t1@"))
            .findFirst()
            .orElseThrow();
    List<String> lines =
        csv("/api/ledger/sales/" + URLEncoder.encode(sale, StandardCharsets.UTF_8));

    assertThat(lines.getFirst())
        .isEqualTo(
            "id,kind,uid,occurredAt,reverses,memo,account,asset,exponent,side,amount,sequence,hash,labels");
    assertThat(lines.subList(1, lines.size()))
        .allMatch(line -> line.startsWith(sale + ":grant:0,grant," + Shop.ALICE + ",2026-"))
        .anyMatch(line -> line.contains(",revenue:gems_2100,EUR,2,credit,2772,"))
        .anyMatch(
            line -> line.contains(",user_inventory:" + Shop.ALICE + ",coin:GEM,0,debit,2100,"));
    assertThat(csv("/api/ledger/users/" + Shop.ALICE).size()).isGreaterThan(lines.size());
  }

  @Test
  void whatWaits() {
    assertThat(csv("/api/payments/waiting"))
        .hasSize(2)
        .startsWith("id,store,book,purchase,since,money,reasons")
        .last()
        .asString()
        .contains("app_store:live:w,app_store,live,w,2026-")
        .endsWith(",EUR=3299,product:=cmd(A0)");
  }

  @Test
  void theCasesOfTheQueue() {
    List<String> lines = csv("/api/reviews?uid=" + Shop.ALICE);

    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst()).startsWith("id,uid,reason,store,book,purchase,sale,amount,");
    assertThat(lines.getLast())
        .contains("," + Shop.ALICE + ",", ",app_store,live,", ",true,false,");
  }

  @Test
  void oneOwnPurchasesAndJournals() {
    for (String path : List.of("/api/purchases", "/api/ledger/statement")) {
      Reply reply = fireside.http().as(Shop.ALICE).header("Accept", "text/csv").get(path);
      assertThat(reply.body().asText()).as(path).startsWith("id,").contains("app_store");
    }
  }
}

package dev.fireside.games.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.games.Bazaar;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CatalogueIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create().with(Map.of("RATE_LIMIT_ANONYMOUS", "10000"));

  private final Bazaar bazaar = new Bazaar(fireside);

  @BeforeEach
  void stock() {
    bazaar.stock();
  }

  @AfterEach
  void empty() {
    fireside.resetData();
  }

  @Test
  void keepsACatalogueThatAdminsWrite() {
    var admin = bazaar.admin();
    assertThat(catalogue()).containsExactly("axe", "potion", "sword");
    var shield = new HashMap<String, Object>();
    shield.put("title", "Shield");
    shield.put("kind", "armour");
    shield.put("equipSlot", "arm");

    assertThat(admin.put("/api/inventory/catalogue/shield", shield).status()).isEqualTo(200);
    assertThat(catalogue()).containsExactly("axe", "potion", "shield", "sword");
    var warm = fireside.counts();
    Reply list = fireside.http().anonymous().get("/api/inventory/catalogue");
    assertThat(fireside.counts().minus(warm).reads()).isZero();
    assertThat(list.header("Cache-Control")).contains("public, max-age=60");

    assertThat(admin.delete("/api/inventory/catalogue/shield").status()).isEqualTo(204);
    assertThat(admin.delete("/api/inventory/catalogue/none").status()).isEqualTo(404);
    var gift =
        Map.of(
            "uid", "ann",
            "items", List.of(Map.of("item", "shield", "count", 1)),
            "reason", "x");
    assertThat(admin.post("/api/inventory/grants", gift).status()).isEqualTo(409);
    assertThat(admin.put("/api/inventory/currencies/Coins", Map.of("title", "Coins")).status())
        .isEqualTo(200);
    assertThat(admin.delete("/api/inventory/currencies/Coins").status()).isEqualTo(204);
    assertThat(
            admin
                .put(
                    "/api/inventory/catalogue/thing",
                    Map.of("kind", "Bad Kind", "stackMax", 0, "hot", "yes", "status", "gone"))
                .errorFields())
        .containsExactly("title", "kind", "stackMax", "hot", "status");
    assertThat(admin.put("/api/inventory/catalogue/_head", shield).errorFields())
        .containsExactly("item");
    assertThat(bazaar.as("ann").put("/api/inventory/catalogue/shield", shield).status())
        .isEqualTo(403);
  }

  private static List<String> catalogue() {
    return new ArrayList<>(
        fireside.http().anonymous().get("/api/inventory/catalogue").texts("item"));
  }
}

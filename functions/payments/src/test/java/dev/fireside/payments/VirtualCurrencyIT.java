package dev.fireside.payments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Where RevenueCat itself counts virtual currencies.
class VirtualCurrencyIT {
  private static final String GEMS = "coin:GEM";

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().with(settings());

  private final Shop shop = new Shop(fireside);

  private static Map<String, String> settings() {
    var settings = new HashMap<>(Shop.SETTINGS);
    settings.put("REVENUECAT_VIRTUAL_CURRENCY", "source");
    return settings;
  }

  @BeforeEach
  void open() {
    fireside.resetData();
    shop.fillCatalogue();
  }

  @AfterEach
  void booksAreInOrder() {
    assertThat(shop.proof().faults()).isEmpty();
  }

  private void adjust(String event, String transaction, long amount) {
    adjust(event, transaction, "GEM", amount);
  }

  private void adjust(String event, String transaction, String code, long amount) {
    shop.deliver(
        "virtual_currency_transaction",
        Map.of(
            "id",
            event,
            "app_user_id",
            Shop.ALICE,
            "original_app_user_id",
            Shop.ALICE,
            "aliases",
            List.of(),
            "virtual_currency_transaction_id",
            transaction,
            "adjustments",
            List.of(
                Map.of("amount", amount, "currency", Map.of("code", code, "name", "A currency")))));
  }

  @Test
  void followsEachAdjustmentOnceAndLetsNoneBeLost() {
    adjust("e1", "vc1", 100);
    adjust("e1", "vc1", 100);
    adjust("e2", "vc1", 100);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(100);
    adjust("e3", "vc2", -150);
    assertThat(shop.units(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.debt(Shop.ALICE, GEMS)).isEqualTo(50);
    adjust("e4", "vc3", 70);
    assertThat(shop.units(Shop.ALICE, GEMS)).isEqualTo(20);
    assertThat(shop.debt(Shop.ALICE, GEMS)).isZero();
    assertThat(shop.proof().faults()).isEmpty();
  }

  @Test
  void takesOverCurrenciesThatTheCatalogueDoesNotHaveYet() {
    adjust("e1", "vc1", "RUBY", 30);
    adjust("e2", "vc2", "RUBY", -10);

    assertThat(shop.units(Shop.ALICE, "coin:RUBY")).isEqualTo(20);
    assertThat(shop.proof().faults()).isEmpty();
  }
}

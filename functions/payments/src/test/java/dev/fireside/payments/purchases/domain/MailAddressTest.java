package dev.fireside.payments.purchases.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MailAddressTest {
  @Test
  void comparesAddressesAsPeopleWriteThem() {
    for (String written :
        List.of(
            "zoë@bücher.example",
            "ZOE\u0308@B\u00dcCHER.EXAMPLE",
            " zoë@xn--bcher-kva.example\u00a0",
            "z\u200boë@bücher.example")) {
      assertThat(MailAddress.normalised(written)).as(written).hasValue("zoë@xn--bcher-kva.example");
    }
    assertThat(MailAddress.normalised("ΝΙΚΟΣ@example.com"))
        .isEqualTo(MailAddress.normalised("νικος@example.com"));
    assertThat(MailAddress.normalised("\"a@b\"@c.example")).hasValue("\"a@b\"@c.example");
  }

  @Test
  void findsNoneInOtherTexts() {
    for (String text :
        List.of(
            "",
            "@",
            "ann",
            "@example.com",
            "ann@",
            " @ ",
            "a@b@c.example",
            "a".repeat(320) + "@b.example")) {
      assertThat(MailAddress.normalised(text)).as(text).isEmpty();
    }
  }
}

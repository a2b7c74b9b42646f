package dev.fireside.payments.purchases.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.ledger.domain.Money;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Hold;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Facts of every kind are kept as they always were.
class StoredFactsTest {
  private static final TypeReference<List<Map<String, Object>>> MAPS = new TypeReference<>() {};

  private static final List<Fact> FACTS =
      List.of(
          new Fact.Sold(
              "e1",
              1,
              "ann",
              "t1",
              2,
              "gems",
              3,
              new Money(499, "USD"),
              50,
              40,
              9_000_000_000_000L),
          new Fact.Sold("e2", 1, "ann", "t2", 0, "gems", 1, null, 0, 0, null),
          new Fact.Offered("e1", 1, "t1@2", new Money(999, "USD")),
          new Fact.Named("e1", 1, "gems", List.of("pro")),
          new Fact.Refunded("e1", 1, "t1", 2, true),
          new Fact.RefundTotal("e1", 1, 100),
          new Fact.RefundSeen("e1", 1, "re_1", 100, false),
          new Fact.Disputed("e1", 1, "dp_1", Fact.DisputeState.LOST, 499, 2, Map.of("USD", 1_500L)),
          new Fact.Disputed("e1", 1, "dp_1", Fact.DisputeState.OPEN, 499, 0, Map.of()),
          new Fact.Disputed("e1", 1, "dp_1", Fact.DisputeState.WON, 499, 2, Map.of()),
          new Fact.Covered("e1", 1, "t1", 2, "gems", Fact.FOREVER),
          new Fact.Extended("e1", 1, "gems", 5),
          new Fact.Grace("e1", 1, 5, 6),
          new Fact.Ended("e1", 1, 5),
          new Fact.Renewing("e1", 1, true),
          new Fact.Paused("e1", 1, 5),
          new Fact.Consent("e1", 1, true),
          new Fact.Shortened("e1", 1, "t1", 2, 5),
          new Fact.Changing("e1", 1, "gems"),
          new Fact.Held("e1", 1, "ann"),
          new Fact.Status("e1", 1, 2, "canceled", false, "gems", 5, false),
          new Fact.PartOf("e1", 1, "sub_1"),
          new Fact.Backed("e1", 1, "t1", true, 3),
          new Fact.Judged("case", 1, "t1@2", Hold.HELD, false),
          new Fact.Judged("case", 1, "*", Hold.OPEN, true),
          new Fact.Judged("case", 1, "*", Hold.DENIED, true),
          new Fact.Adjusted("e1", 1, "ann", "vc_1", "GEM", -5),
          new Fact.Status(
              "e1", 1, 1, "active", true, "gems", 5, true, List.of(new Fact.Item("pro", 6))),
          new Fact.Line("e1", 1, "in_1:il_2@2", "il_2"),
          new Fact.Credited("e1", 1, "cn_1", false, Map.of("il_2", 100L)),
          new Fact.Known("e1", 1, "ch_1"),
          new Fact.Refunded("e1", 1, "t1", 2, false, "gems"),
          new Fact.Assigned("e1", 1, "bob"),
          new Fact.Mailed("e1", 1, "c2VjcmV0"));

  @Test
  void hasOneOfEveryKind() {
    assertThat(FACTS.stream().map(Object::getClass).collect(Collectors.toSet()))
        .isEqualTo(kinds(Fact.class).collect(Collectors.toSet()));
  }

  private static Stream<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(StoredFactsTest::kinds)
        : Stream.of(type);
  }

  @Test
  void keepsEveryKindAsBefore() throws IOException {
    try (InputStream in = StoredFactsTest.class.getResourceAsStream("/stored/facts.json")) {
      JsonNode before = Json.mapper().readTree(in);
      var written = FACTS.stream().map(FactCodec::write).toList();
      assertThat(Json.mapper().readTree(Json.mapper().writeValueAsString(written)))
          .isEqualTo(before);
      List<Fact> read =
          Json.mapper().convertValue(before, MAPS).stream().map(FactCodec::read).toList();
      assertThat(read).isEqualTo(FACTS);
    }
  }
}

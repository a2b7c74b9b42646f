package dev.fireside.payments.purchases.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.shared.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// Facts as maps of a document: their fields and the name of their kind.
final class FactCodec {
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  /// Names that documents hold: never rename one.
  private static final Map<String, Class<? extends Fact>> KINDS =
      Map.ofEntries(
          Map.entry("sold", Fact.Sold.class),
          Map.entry("offered", Fact.Offered.class),
          Map.entry("named", Fact.Named.class),
          Map.entry("refunded", Fact.Refunded.class),
          Map.entry("refundTotal", Fact.RefundTotal.class),
          Map.entry("refundSeen", Fact.RefundSeen.class),
          Map.entry("disputed", Fact.Disputed.class),
          Map.entry("covered", Fact.Covered.class),
          Map.entry("extended", Fact.Extended.class),
          Map.entry("grace", Fact.Grace.class),
          Map.entry("ended", Fact.Ended.class),
          Map.entry("renewing", Fact.Renewing.class),
          Map.entry("paused", Fact.Paused.class),
          Map.entry("consent", Fact.Consent.class),
          Map.entry("shortened", Fact.Shortened.class),
          Map.entry("changing", Fact.Changing.class),
          Map.entry("held", Fact.Held.class),
          Map.entry("status", Fact.Status.class),
          Map.entry("judged", Fact.Judged.class),
          Map.entry("partOf", Fact.PartOf.class),
          Map.entry("backed", Fact.Backed.class),
          Map.entry("adjusted", Fact.Adjusted.class));

  private static final Map<Class<?>, String> NAMES =
      KINDS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

  private FactCodec() {}

  static Map<String, Object> write(Fact fact) {
    var map = new HashMap<String, Object>(Json.mapper().convertValue(fact, MAP));
    map.put("kind", String.valueOf(NAMES.get(fact.getClass())));
    return map;
  }

  /// Throws [IllegalStateException] for a kind this code does not know: leaving it out would lose
  /// it with the next write.
  static Fact read(Object value) {
    if (value instanceof Map<?, ?> map) {
      Class<? extends Fact> type = KINDS.get(String.valueOf(map.get("kind")));
      if (type != null) {
        var fields = new HashMap<Object, Object>(map);
        fields.remove("kind");
        return Json.mapper().convertValue(fields, type);
      }
    }
    throw new IllegalStateException("A purchase holds a fact of an unknown kind");
  }
}

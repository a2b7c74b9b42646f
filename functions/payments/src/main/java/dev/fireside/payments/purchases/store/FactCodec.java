package dev.fireside.payments.purchases.store;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.shared.json.Json;
import java.util.HashMap;
import java.util.Map;

/// Facts as maps of a document: their fields and the name of their kind.
final class FactCodec {
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  // Names that documents hold: never change one.
  private static final String SOLD = "sold";
  private static final String OFFERED = "offered";
  private static final String NAMED = "named";
  private static final String REFUNDED = "refunded";
  private static final String REFUND_TOTAL = "refundTotal";
  private static final String REFUND_SEEN = "refundSeen";
  private static final String DISPUTED = "disputed";
  private static final String COVERED = "covered";
  private static final String EXTENDED = "extended";
  private static final String GRACE = "grace";
  private static final String ENDED = "ended";
  private static final String RENEWING = "renewing";
  private static final String PAUSED = "paused";
  private static final String CONSENT = "consent";
  private static final String SHORTENED = "shortened";
  private static final String CHANGING = "changing";
  private static final String HELD = "held";
  private static final String STATUS = "status";
  private static final String JUDGED = "judged";
  private static final String PART_OF = "partOf";
  private static final String BACKED = "backed";
  private static final String ADJUSTED = "adjusted";
  private static final String LINE = "line";
  private static final String CREDITED = "credited";
  private static final String KNOWN = "known";
  private static final String MAILED = "mailed";
  private static final String ASSIGNED = "assigned";

  /// A kind that is missing here fails the tests; one that is missing in [#kind] does not compile.
  private static final Map<String, Class<? extends Fact>> KINDS =
      Map.ofEntries(
          Map.entry(SOLD, Fact.Sold.class),
          Map.entry(OFFERED, Fact.Offered.class),
          Map.entry(NAMED, Fact.Named.class),
          Map.entry(REFUNDED, Fact.Refunded.class),
          Map.entry(REFUND_TOTAL, Fact.RefundTotal.class),
          Map.entry(REFUND_SEEN, Fact.RefundSeen.class),
          Map.entry(DISPUTED, Fact.Disputed.class),
          Map.entry(COVERED, Fact.Covered.class),
          Map.entry(EXTENDED, Fact.Extended.class),
          Map.entry(GRACE, Fact.Grace.class),
          Map.entry(ENDED, Fact.Ended.class),
          Map.entry(RENEWING, Fact.Renewing.class),
          Map.entry(PAUSED, Fact.Paused.class),
          Map.entry(CONSENT, Fact.Consent.class),
          Map.entry(SHORTENED, Fact.Shortened.class),
          Map.entry(CHANGING, Fact.Changing.class),
          Map.entry(HELD, Fact.Held.class),
          Map.entry(STATUS, Fact.Status.class),
          Map.entry(JUDGED, Fact.Judged.class),
          Map.entry(PART_OF, Fact.PartOf.class),
          Map.entry(BACKED, Fact.Backed.class),
          Map.entry(LINE, Fact.Line.class),
          Map.entry(CREDITED, Fact.Credited.class),
          Map.entry(KNOWN, Fact.Known.class),
          Map.entry(MAILED, Fact.Mailed.class),
          Map.entry(ASSIGNED, Fact.Assigned.class),
          Map.entry(ADJUSTED, Fact.Adjusted.class));

  private FactCodec() {}

  static Map<String, Object> write(Fact fact) {
    var map = new HashMap<String, Object>(Json.mapper().convertValue(fact, MAP));
    map.put("kind", kind(fact));
    return map;
  }

  private static String kind(Fact fact) {
    return switch (fact) {
      case Fact.Sold _ -> SOLD;
      case Fact.Offered _ -> OFFERED;
      case Fact.Named _ -> NAMED;
      case Fact.Refunded _ -> REFUNDED;
      case Fact.RefundTotal _ -> REFUND_TOTAL;
      case Fact.RefundSeen _ -> REFUND_SEEN;
      case Fact.Disputed _ -> DISPUTED;
      case Fact.Covered _ -> COVERED;
      case Fact.Extended _ -> EXTENDED;
      case Fact.Grace _ -> GRACE;
      case Fact.Ended _ -> ENDED;
      case Fact.Renewing _ -> RENEWING;
      case Fact.Paused _ -> PAUSED;
      case Fact.Consent _ -> CONSENT;
      case Fact.Shortened _ -> SHORTENED;
      case Fact.Changing _ -> CHANGING;
      case Fact.Held _ -> HELD;
      case Fact.Status _ -> STATUS;
      case Fact.Judged _ -> JUDGED;
      case Fact.PartOf _ -> PART_OF;
      case Fact.Backed _ -> BACKED;
      case Fact.Adjusted _ -> ADJUSTED;
      case Fact.Line _ -> LINE;
      case Fact.Credited _ -> CREDITED;
      case Fact.Known _ -> KNOWN;
      case Fact.Mailed _ -> MAILED;
      case Fact.Assigned _ -> ASSIGNED;
    };
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

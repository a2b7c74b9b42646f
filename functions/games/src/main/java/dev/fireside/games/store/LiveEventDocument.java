package dev.fireside.games.store;

import dev.fireside.economy.domain.Bundle;
import dev.fireside.economy.domain.CurrencyCode;
import dev.fireside.economy.domain.ItemId;
import dev.fireside.games.domain.LiveEvent;
import dev.fireside.games.domain.Participation;
import dev.fireside.games.domain.SelfReport;
import dev.fireside.games.domain.Tier;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Fields;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/// How live events and those who take part are written.
final class LiveEventDocument {
  private LiveEventDocument() {}

  static String path(String id) {
    return "events/" + id;
  }

  static String participants(String id) {
    return path(id) + "/participants";
  }

  static String participant(String id, Uid uid) {
    return participants(id) + "/" + uid;
  }

  static LiveEvent parse(Document document) {
    Fields fields = document.fields();
    Fields report = fields.map("selfReport");
    return new LiveEvent(
        document.id(),
        fields.text("title").orElse(""),
        fields.text("description").orElse(""),
        fields.instant("startsAt").orElse(Instant.EPOCH),
        fields.instant("endsAt").orElse(Instant.EPOCH),
        fields.maps("tiers").stream()
            .map(tier -> new Tier(tier.number("points"), bundle(tier)))
            .toList(),
        fields.texts("hotItems").stream().map(ItemId::new).toList(),
        report.names().isEmpty()
            ? null
            : new SelfReport(report.number("perCall"), report.number("total")),
        fields.text("status").filter("published"::equals).isPresent());
  }

  private static Bundle bundle(Fields fields) {
    var items = new LinkedHashMap<ItemId, Long>();
    fields
        .maps("items")
        .forEach(item -> items.put(new ItemId(item.requiredText("item")), item.number("count")));
    var currencies = new LinkedHashMap<CurrencyCode, Long>();
    fields
        .maps("currencies")
        .forEach(currency ->
            currencies.put(
                new CurrencyCode(currency.requiredText("code")), currency.number("amount")));
    return new Bundle(items, currencies);
  }

  static Map<String, Object> fields(LiveEvent event, Instant now) {
    var fields = new HashMap<String, Object>();
    fields.put("title", event.title());
    fields.put("description", event.description());
    fields.put("startsAt", event.startsAt());
    fields.put("endsAt", event.endsAt());
    fields.put("tiers", event.tiers().stream().map(LiveEventDocument::tierFields).toList());
    fields.put("hotItems", event.hotItems().stream().map(ItemId::value).toList());
    if (event.selfReport() != null) {
      fields.put(
          "selfReport",
          Map.of("perCall", event.selfReport().perCall(), "total", event.selfReport().total()));
    }
    fields.put("status", event.published() ? "published" : "draft");
    fields.put("phase", WireNames.of(event.phase(now)));
    fields.put("updatedAt", now);
    return fields;
  }

  private static Map<String, Object> tierFields(Tier tier) {
    var items = new ArrayList<Map<String, Object>>();
    tier.reward()
        .items()
        .forEach((item, count) -> items.add(Map.of("item", item.value(), "count", count)));
    var currencies = new ArrayList<Map<String, Object>>();
    tier.reward()
        .currencies()
        .forEach((code, amount) -> currencies.add(Map.of("code", code.value(), "amount", amount)));
    return Map.of("points", tier.points(), "items", items, "currencies", currencies);
  }

  static Participation participation(Document document) {
    Fields fields = document.fields();
    var claimed = new LinkedHashSet<Integer>();
    fields.texts("claimed").forEach(tier -> claimed.add(Integer.valueOf(tier)));
    var reports = new HashMap<String, Participation.Report>();
    Fields raw = fields.map("reports");
    for (String key : raw.names()) {
      Fields report = raw.map(key);
      reports.put(
          key,
          new Participation.Report(
              report.number("points"), report.instant("until").orElse(Instant.EPOCH)));
    }
    return new Participation(
        fields.number("points"),
        fields.instant("joinedAt").orElse(Instant.EPOCH),
        claimed,
        reports);
  }

  static Map<String, Object> fields(
      String event, Uid uid, Participation participation, Instant now) {
    var reports = new HashMap<String, Object>();
    participation
        .reports()
        .forEach((key, report) ->
            reports.put(key, Map.of("points", report.points(), "until", report.until())));
    return Map.of(
        "event", event,
        "uid", uid.value(),
        "points", participation.points(),
        "joinedAt", participation.joinedAt(),
        "claimed", participation.claimed().stream().map(String::valueOf).toList(),
        "reports", reports,
        "updatedAt", now);
  }
}

package dev.fireside.play.store;

import dev.fireside.play.domain.Reward;
import dev.fireside.shared.store.Fields;
import java.util.List;
import java.util.Map;

/// The rewards of a period as documents keep them: what a board promises, and what was promised
/// when the period ended.
public final class RewardFields {
  private RewardFields() {}

  /// As documents keep them.
  public static List<Map<String, Object>> fields(List<Reward> rewards) {
    return rewards.stream().map(RewardFields::fields).toList();
  }

  private static Map<String, Object> fields(Reward reward) {
    return Map.of(
        "from",
        (long) reward.from(),
        "to",
        (long) reward.to(),
        "items",
        reward.items().stream()
            .map(item -> Map.of("item", item.item(), "count", item.count()))
            .toList(),
        "currencies",
        reward.currencies().stream()
            .map(money -> Map.of("code", money.code(), "amount", money.amount()))
            .toList());
  }

  /// The rewards in a field; none where it is absent.
  public static List<Reward> parse(Fields fields, String name) {
    return fields.maps(name).stream().map(RewardFields::parse).toList();
  }

  private static Reward parse(Fields fields) {
    return new Reward(
        (int) fields.number("from"),
        (int) fields.number("to"),
        fields.maps("items").stream()
            .map(item -> new Reward.Item(item.requiredText("item"), item.number("count")))
            .toList(),
        fields.maps("currencies").stream()
            .map(money -> new Reward.Currency(money.requiredText("code"), money.number("amount")))
            .toList());
  }
}

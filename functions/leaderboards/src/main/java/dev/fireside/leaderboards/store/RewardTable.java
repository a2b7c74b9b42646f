package dev.fireside.leaderboards.store;

import dev.fireside.play.domain.Reward;
import dev.fireside.shared.store.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The rewards of one period as its document keeps them: what was promised when it ended, whatever
/// the board says later.
final class RewardTable {
  private RewardTable() {}

  static List<Map<String, Object>> fields(List<Reward> rewards) {
    return rewards.stream().map(RewardTable::fields).toList();
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

  static List<Reward> parse(Fields fields, String name) {
    return maps(fields, name).stream().map(RewardTable::parse).toList();
  }

  private static Reward parse(Fields fields) {
    return new Reward(
        (int) fields.number("from"),
        (int) fields.number("to"),
        maps(fields, "items").stream()
            .map(item -> new Reward.Item(item.requiredText("item"), item.number("count")))
            .toList(),
        maps(fields, "currencies").stream()
            .map(money -> new Reward.Currency(money.requiredText("code"), money.number("amount")))
            .toList());
  }

  private static List<Fields> maps(Fields fields, String name) {
    var maps = new ArrayList<Fields>();
    if (fields.values().get(name) instanceof List<?> list) {
      for (Object item : list) {
        maps.add(new Fields(Map.of("item", item)).map("item"));
      }
    }
    return maps;
  }
}

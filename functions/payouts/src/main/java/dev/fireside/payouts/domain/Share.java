package dev.fireside.payouts.domain;

import dev.fireside.shared.ids.Uid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// A creator's part of a run.
///
/// @param seconds seconds watched
/// @param gifts units of gifts received
/// @param watchAmount share for watch time, in minor units
/// @param giftAmount share for gifts, in minor units
public record Share(Uid uid, long seconds, long gifts, long watchAmount, long giftAmount) {

  /// Shares out both pools of a run; together the shares and what nobody gets are the pools.
  public static List<Share> of(PayoutRun run, Map<String, Long> seconds, Map<String, Long> gifts) {
    Map<String, Long> watch = Split.of(run.watchPool(), seconds).shares();
    Map<String, Long> gift = Split.of(run.giftPool(), gifts).shares();
    var creators = new TreeSet<>(seconds.keySet());
    creators.addAll(gifts.keySet());
    var shares = new ArrayList<Share>();
    for (String creator : creators) {
      shares.add(
          new Share(
              new Uid(creator),
              seconds.getOrDefault(creator, 0L),
              gifts.getOrDefault(creator, 0L),
              watch.getOrDefault(creator, 0L),
              gift.getOrDefault(creator, 0L)));
    }
    return shares;
  }

  /// Both shares.
  public long earned() {
    return watchAmount + giftAmount;
  }
}

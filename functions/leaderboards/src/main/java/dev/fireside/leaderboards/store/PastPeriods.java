package dev.fireside.leaderboards.store;

import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PeriodRecord;
import dev.fireside.play.store.PeriodStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What is known of periods that have ended.
public final class PastPeriods {
  private final Documents documents;

  public PastPeriods(Platform platform) {
    this.documents = platform.documents();
  }

  /// The records of periods; of those that have none yet there is nothing.
  public Map<Period, PeriodRecord> records(BoardId board, List<Period> periods) {
    Map<String, Document> found =
        documents.getAll(
            periods.stream().map(period -> PeriodStore.path(board, period.key())).toList());
    var records = new HashMap<Period, PeriodRecord>();
    for (Period period : periods) {
      Document document = found.get(PeriodStore.path(board, period.key()));
      if (document != null) {
        records.put(period, PeriodStore.parse(document));
      }
    }
    return records;
  }
}

package dev.fireside.leaderboards.store;

import com.google.cloud.firestore.FieldPath;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.store.BoardStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes those players out of settled ranks who were hidden after these were final. The others keep
/// their ranks, so that there is a gap.
public final class LaterHidden {
  /// Most values of a query.
  private static final int UIDS_PER_QUERY = 30;

  private final Documents documents;

  public LaterHidden(Platform platform) {
    this.documents = platform.documents();
  }

  /// The answer as the viewer may see it. Costs one query for 30 rows of a settled period.
  ///
  /// @param viewer who sees themselves; null for an anonymous one
  public RankAnswer without(Board board, Period period, @Nullable Uid viewer, RankAnswer answer) {
    if (!board.hasSettled(period)) {
      return answer;
    }
    List<Uid> others =
        answer.rows().stream()
            .map(ranked -> ranked.row().uid())
            .filter(uid -> !uid.equals(viewer))
            .toList();
    Set<String> hidden = hidden(board.id(), others);
    return hidden.isEmpty()
        ? answer
        : new RankAnswer(
            answer.ready(),
            answer.entries(),
            answer.rows().stream()
                .filter(ranked -> !hidden.contains(ranked.row().uid().value()))
                .toList());
  }

  private Set<String> hidden(BoardId board, List<Uid> uids) {
    var hidden = new HashSet<String>();
    for (int from = 0; from < uids.size(); from += UIDS_PER_QUERY) {
      List<String> some =
          uids.subList(from, Math.min(uids.size(), from + UIDS_PER_QUERY)).stream()
              .map(Uid::value)
              .toList();
      documents
          .list(
              documents
                  .collection(BoardStore.path(board) + "/players")
                  .whereEqualTo("hidden", true)
                  .whereIn(FieldPath.documentId(), some)
                  .select("hidden"))
          .stream()
          .map(Document::id)
          .forEach(hidden::add);
    }
    return hidden;
  }
}

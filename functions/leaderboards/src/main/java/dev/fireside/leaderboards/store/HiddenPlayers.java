package dev.fireside.leaderboards.store;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Period;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.store.BoardStore;
import dev.fireside.play.store.PlayerStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Players who are hidden on boards.
public final class HiddenPlayers {
  private final Documents documents;

  public HiddenPlayers(Platform platform) {
    this.documents = platform.documents();
  }

  /// The answer without those who were hidden after the ranks of a settled period were final. The
  /// others keep their ranks, so that there is a gap. Costs one query for 30 rows of such a period.
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

  /// Those who are hidden on a board, by uid; nothing else of what they have is read.
  ///
  /// @param after the uid to go on after; null for the first page
  public List<PlayerBoard> list(BoardId board, @Nullable Uid after, int limit) {
    Query query =
        hidden(board).select("hidden", "hiddenBy").orderBy(FieldPath.documentId()).limit(limit);
    return documents.list(after == null ? query : query.startAfter(after.value())).stream()
        .map(PlayerStore::parse)
        .toList();
  }

  private Query hidden(BoardId board) {
    return documents.collection(BoardStore.path(board) + "/players").whereEqualTo("hidden", true);
  }

  private Set<String> hidden(BoardId board, List<Uid> uids) {
    var hidden = new HashSet<String>();
    for (List<String> some : Documents.perQuery(uids.stream().map(Uid::value).toList())) {
      documents.list(hidden(board).select("hidden").whereIn(FieldPath.documentId(), some)).stream()
          .map(Document::id)
          .forEach(hidden::add);
    }
    return hidden;
  }
}

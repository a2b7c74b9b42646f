package dev.fireside.leaderboards;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.fireside.play.domain.Ranking;
import dev.fireside.play.domain.Row;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.AccountStatus;
import dev.fireside.social.domain.Profile;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A row of a ranking as it is shown.
///
/// @param rank in the list that was asked for; null while ranks are being rebuilt
/// @param globalRank among all players, where the list is that of friends
/// @param uid null for somebody who was deleted after the ranks were final
/// @param handle null for people without a profile, or whom nobody may see
/// @param metadata a JSON object, as it was submitted
record RankView(
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Long rank,
    @Nullable Long globalRank,
    @Nullable Uid uid,
    @Nullable String handle,
    @Nullable String displayName,
    @Nullable String avatarUrl,
    BigDecimal score,
    BigDecimal subscore,
    @JsonRawValue @Nullable String metadata,
    Instant at,
    @Nullable String country) {

  static RankView of(
      Row row,
      @Nullable Long rank,
      @Nullable Long globalRank,
      Ranking ranking,
      @Nullable Profile profile) {
    Profile shown = profile != null && profile.isActive() ? profile : null;
    boolean gone = isGone(row, profile);
    return new RankView(
        rank,
        globalRank,
        gone ? null : row.uid(),
        shown == null ? null : shown.handle(),
        shown == null ? null : shown.displayName(),
        shown == null ? null : shown.avatarUrl(),
        ranking.number(row.score()),
        ranking.number(row.subscore()),
        gone ? null : row.metadata(),
        Instant.EPOCH.plus(row.at(), ChronoUnit.MICROS),
        gone ? null : row.country());
  }

  /// Whether the person was deleted, also where the row is not purged yet.
  static boolean isGone(Row row, @Nullable Profile profile) {
    return row.isOfNobody() || (profile != null && profile.status() == AccountStatus.DELETED);
  }
}

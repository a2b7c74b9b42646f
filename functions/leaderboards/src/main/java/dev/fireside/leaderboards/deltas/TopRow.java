package dev.fireside.leaderboards.deltas;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.fireside.play.domain.RankAnswer;
import dev.fireside.play.domain.Ranked;
import dev.fireside.play.domain.Ranking;
import dev.fireside.play.domain.Row;
import dev.fireside.shared.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A row of the visible top as it is published. It names nobody: names are joined where they are
/// read, and never stale.
///
/// @param metadata a JSON object as text: the Realtime Database refuses some names of fields, and
///   keeps no empty ones
public record TopRow(
    String uid,
    long rank,
    BigDecimal score,
    BigDecimal subscore,
    @Nullable String metadata,
    Instant at,
    @Nullable String country) {

  /// The rows of a top, but those of nobody.
  static List<TopRow> of(RankAnswer top, Ranking ranking) {
    return top.rows().stream()
        .filter(ranked -> !ranked.row().isOfNobody())
        .map(ranked -> of(ranked, ranking))
        .toList();
  }

  private static TopRow of(Ranked ranked, Ranking ranking) {
    Row row = ranked.row();
    return new TopRow(
        row.uid().value(),
        ranked.rank(),
        ranking.number(row.score()),
        ranking.number(row.subscore()),
        row.metadata(),
        Instant.EPOCH.plus(row.at(), ChronoUnit.MICROS),
        row.country());
  }

  /// The row as text; equal rows have equal texts.
  String json() {
    try {
      return Json.mapper().writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A row that is no JSON", e);
    }
  }

  /// The row of a text.
  static TopRow parse(String json) {
    try {
      return Json.mapper().readValue(json, TopRow.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not a row: " + json, e);
    }
  }
}

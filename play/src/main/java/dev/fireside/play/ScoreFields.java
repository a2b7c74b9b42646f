package dev.fireside.play;

import dev.fireside.play.domain.Board;
import dev.fireside.play.domain.FinalScore;
import dev.fireside.play.domain.Limits;
import dev.fireside.play.domain.Ranking;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.Input;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A score as a body says it: `score`, `subscore`, `metadata`, `country`. What it is worth is known
/// only with the board, which is read in the transaction.
///
/// @param subscore 0 where nothing is said
/// @param metadata a JSON object; null for none
/// @param country ISO 3166-1 alpha-2 code; null for none
public record ScoreFields(
    BigDecimal score, BigDecimal subscore, @Nullable String metadata, @Nullable String country) {
  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

  /// Reads the fields of a body, and rejects those that no board would take.
  public static ScoreFields read(Input in) {
    String country = in.optionalText("country", 2, 2);
    if (country != null && !COUNTRIES.contains(country)) {
      in.reject("country", "must be an ISO 3166-1 alpha-2 code in capitals");
    }
    return new ScoreFields(
        in.decimal("score"),
        in.isAbsent("subscore") ? BigDecimal.ZERO : in.decimal("subscore"),
        in.optionalJson("metadata", Limits.METADATA_BYTES_MAX),
        country);
  }

  /// The score in units of a board. Throws a 400 problem that names every field the board does not
  /// take. What depends on earlier scores is not checked here.
  public FinalScore on(Board board) {
    var errors = new ArrayList<FieldError>();
    boolean adds = board.ranking().operator().adds();
    Limits limits = board.limits();
    // Where a total may be below zero it is a balance, which goes up and down.
    long deltaMin = limits.scoreMin() < 0 ? -Ranking.UNITS_MAX : 0;
    long scoreUnits =
        adds
            ? units(errors, "score", score, board.ranking(), deltaMin, Ranking.UNITS_MAX)
            : units(errors, "score", score, board.ranking(), limits.scoreMin(), limits.scoreMax());
    long subscoreUnits =
        units(
            errors,
            "subscore",
            subscore,
            board.ranking(),
            adds ? deltaMin : -Ranking.UNITS_MAX,
            Ranking.UNITS_MAX);
    if (metadata != null
        && metadata.getBytes(StandardCharsets.UTF_8).length > limits.metadataBytes()) {
      errors.add(
          new FieldError(
              "metadata", "must be at most " + limits.metadataBytes() + " bytes of JSON"));
    }
    if (!errors.isEmpty()) {
      throw ProblemException.invalid(ProblemType.INVALID_INPUT, List.copyOf(errors));
    }
    return new FinalScore(scoreUnits, subscoreUnits, metadata);
  }

  private static long units(
      List<FieldError> errors, String name, BigDecimal value, Ranking ranking, long min, long max) {
    BigDecimal units = value.scaleByPowerOfTen(ranking.decimals()).stripTrailingZeros();
    if (units.scale() > 0) {
      errors.add(
          new FieldError(
              name,
              ranking.decimals() == 0
                  ? "must be a whole number"
                  : "must have at most " + ranking.decimals() + " digits after the point"));
      return 0;
    }
    if (units.compareTo(BigDecimal.valueOf(min)) < 0
        || units.compareTo(BigDecimal.valueOf(max)) > 0) {
      errors.add(
          new FieldError(
              name,
              "must be from "
                  + ranking.number(min).toPlainString()
                  + " to "
                  + ranking.number(max).toPlainString()));
      return 0;
    }
    return units.longValueExact();
  }
}

package dev.fireside.play.domain;

import dev.fireside.shared.ids.Uid;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One game that one player plays for one board.
///
/// @param id the session
/// @param uid the player
/// @param board the board that the score is for
/// @param decimals digits after the point of the board's scores
/// @param seed 64 random bits as 16 hex digits, for games that roll dice on the device
/// @param country ISO 3166-1 alpha-2 code that the score counts for; null for none
/// @param state how far it has come, as stored: an open session may have expired
/// @param startedAt when it started, by the server's clock
/// @param expiresAt when it takes no more
/// @param totals what it keeps of its events
/// @param endedAt when it was finished, rejected or found abandoned; null while open
/// @param score what it was finished with; null without
/// @param rejection why its score was not believed; null unless rejected
public record GameSession(
    SessionId id,
    Uid uid,
    BoardId board,
    int decimals,
    String seed,
    @Nullable String country,
    SessionState state,
    Instant startedAt,
    Instant expiresAt,
    EventTotals totals,
    @Nullable Instant endedAt,
    @Nullable FinalScore score,
    @Nullable Implausible rejection) {
  /// How long a session is kept after its start.
  public static final Duration KEPT = Duration.ofDays(7);

  /// When Firestore may remove the session and its log.
  public Instant deleteAt() {
    return startedAt.plus(KEPT);
  }

  /// Why a session takes no events and no score.
  public enum Over {
    ABANDONED("The session was abandoned: it was not finished in time"),
    ENDED("The session has ended");

    private final String sentence;

    Over(String sentence) {
      this.sentence = sentence;
    }

    /// One sentence for people.
    public String sentence() {
      return sentence;
    }
  }

  /// Why it takes no events and no score at `now`; empty while it does.
  public Optional<Over> over(Instant now) {
    if (isExpired(now)) {
      return Optional.of(Over.ABANDONED);
    }
    return state == SessionState.OPEN ? Optional.empty() : Optional.of(Over.ENDED);
  }

  /// Whether nothing has been done to it that ended it, but it takes no more.
  public boolean isExpired(Instant now) {
    return state == SessionState.ABANDONED
        || (state == SessionState.OPEN && !now.isBefore(expiresAt));
  }

  /// How long it has been going at `now`; zero where the clock went backwards.
  public Duration elapsed(Instant now) {
    return now.isBefore(startedAt) ? Duration.ZERO : Duration.between(startedAt, now);
  }

  /// Finished with a score.
  public GameSession finished(FinalScore finalScore, Instant now) {
    return copy(SessionState.FINISHED, totals, now, finalScore, null);
  }

  /// Finished with a score that is not believed.
  public GameSession rejected(FinalScore finalScore, Implausible why, Instant now) {
    return copy(SessionState.REJECTED, totals, now, finalScore, why);
  }

  /// Expired, or given up for another one, without having been finished.
  public GameSession abandoned(Instant now) {
    return copy(SessionState.ABANDONED, totals, now, null, null);
  }

  private GameSession copy(
      SessionState newState,
      EventTotals newTotals,
      @Nullable Instant ended,
      @Nullable FinalScore finalScore,
      @Nullable Implausible why) {
    return new GameSession(
        id,
        uid,
        board,
        decimals,
        seed,
        country,
        newState,
        startedAt,
        expiresAt,
        newTotals,
        ended,
        finalScore,
        why);
  }
}

package dev.fireside.shared.http;

import java.util.Locale;

/// Why the state of things does not allow what was asked ([ProblemType#CONFLICT]), or why a
/// signature was refused: what a client can switch on where one type has many causes.
/// `docs/problems.md` explains each.
public enum Reason {
  NO_PROFILE,
  HAD_PROFILE,
  HANDLE_TAKEN,
  YOURSELF,
  TOO_MANY,
  OWN_ROLE,
  REPOST,
  ID_TAKEN,
  BEING_REMOVED,
  UNCHANGEABLE,
  BOARD_CLOSED,
  BOARD_FULL,
  NOT_JOINED,
  NO_JOINING,
  ATTEMPTS_USED,
  TOTAL_OUT_OF_BOUNDS,
  PERIOD_FINAL,
  NEVER_ENDS,
  OTHER_SCORE,
  SESSION_OVER,
  SESSION_ABANDONED,
  SESSION_LOG_FULL,
  EVENTS_MISSING,
  BOARD_CHANGED,
  TOO_SHORT,
  TOO_FEW_EVENTS,
  TOO_FAST,
  NOT_THE_SUM,
  EVENT_OVER,
  EVENT_NOT_RUNNING,
  CLAIMS_OVER,
  TIER_CLAIMED,
  TIER_NOT_REACHED,
  REVISION_MOVED,
  RETIRED,
  NOT_ENOUGH,
  OVER_LIMIT,
  NOT_CONSUMABLE,
  NOT_EQUIPPABLE,
  NOT_TRANSFERABLE,
  NO_PURCHASES,
  NOT_WAITING,
  REFUND_AT_STORE,
  NO_PAYMENT,
  NOTHING_LEFT,
  CASE_BUSY,
  CASE_STATE,
  PERIOD_NOT_OVER,
  PERIOD_OVERLAPS,
  RUN_OPEN,
  OTHER_TERMS,
  VERSION_MOVED,
  AWAITING_REPLY,
  UNREACHABLE,
  EDIT_OVER,
  UPLOAD_USED,
  UPLOAD_REFUSED,
  UPLOAD_UNFINISHED,
  PUBLISHED,
  CLOCK_SKEW,
  WRONG_SIGNATURE;

  /// The stable name, such as `board-full`.
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}

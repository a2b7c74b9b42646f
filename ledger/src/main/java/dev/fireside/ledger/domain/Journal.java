package dev.fireside.ledger.domain;

import dev.fireside.shared.ids.DocumentNames;
import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One business effect in double entry: all its postings, which sum to zero in every asset. Written
/// once, never changed; a mistake is put right by another journal that points at it.
///
/// @param id the effect key: the same effect has the same id, so that it can be written only once
/// @param kind why it was written
/// @param book real or sandbox
/// @param uid the person it is about; null for the house's own
/// @param occurredAt when it happened, as the provider states it, to the millisecond
/// @param reverses the journal it takes back, wholly or in part
/// @param postings its lines, at most one for an account and asset; none until [#kept] where
///   nothing moves
/// @param memo what the lines do not say, such as who decided what; null for none
/// @param labels what it is counted by beside its lines, such as `country`; often none
public record Journal(
    String id,
    JournalKind kind,
    Book book,
    @Nullable Uid uid,
    Instant occurredAt,
    @Nullable String reverses,
    List<Posting> postings,
    @Nullable String memo,
    SortedMap<String, String> labels) {
  /// Lines of one journal: each is an account that the transaction reads and writes.
  public static final int POSTINGS_MAX = 100;

  public Journal {
    postings = List.copyOf(postings);
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    // Hashes cover it, and Firestore would cut it to microseconds.
    occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS);
    if (!DocumentNames.fits(id)) {
      throw new IllegalArgumentException("Not a journal id: " + id);
    }
    if (postings.size() > POSTINGS_MAX) {
      throw new IllegalArgumentException("A journal has at most " + POSTINGS_MAX + " postings");
    }
    var lines = new HashSet<String>();
    Map<Asset, Long> sums = new HashMap<>();
    for (Posting posting : postings) {
      if (!lines.add(posting.account() + " " + posting.asset())) {
        throw new IllegalArgumentException("Two postings on " + posting.account());
      }
      sums.merge(posting.asset(), posting.signed(), Math::addExact);
    }
    sums.forEach((asset, sum) -> {
      if (sum != 0) {
        throw new IllegalArgumentException("Postings in " + asset + " sum to " + sum);
      }
    });
  }

  /// A journal without labels.
  public Journal(
      String id,
      JournalKind kind,
      Book book,
      @Nullable Uid uid,
      Instant occurredAt,
      @Nullable String reverses,
      List<Posting> postings,
      @Nullable String memo) {
    this(id, kind, book, uid, occurredAt, reverses, postings, memo, new TreeMap<>());
  }

  /// A journal that its lines describe in full.
  public Journal(
      String id,
      JournalKind kind,
      Book book,
      @Nullable Uid uid,
      Instant occurredAt,
      @Nullable String reverses,
      List<Posting> postings) {
    this(id, kind, book, uid, occurredAt, reverses, postings, null);
  }

  /// This journal with other lines.
  public Journal with(List<Posting> others) {
    return new Journal(id, kind, book, uid, occurredAt, reverses, others, memo, labels);
  }

  /// This journal with labels.
  public Journal labelled(Map<String, String> others) {
    return new Journal(
        id, kind, book, uid, occurredAt, reverses, postings, memo, new TreeMap<>(others));
  }

  /// This journal as it is written: one that moves nothing counts itself, so that it stands in a
  /// chain like all others.
  public Journal kept() {
    if (!postings.isEmpty()) {
      return this;
    }
    var position = new Position();
    position.move(AccountName.MEMO_ISSUED, AccountName.memo(kind), Asset.MEMO, 1);
    return with(position.since(new Position()));
  }

  /// The journal that takes this one back as a whole.
  public Journal reversal(String reversalId, JournalKind reversalKind, Instant at) {
    return new Journal(
        reversalId,
        reversalKind,
        book,
        uid,
        at,
        id,
        postings.stream()
            .map(p -> Posting.of(p.account(), p.asset(), Math.negateExact(p.signed())))
            .toList(),
        null,
        labels);
  }
}

package dev.fireside.payments.reviews;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.domain.Review.Claim;
import dev.fireside.payments.reviews.domain.Review.Note;
import dev.fireside.payments.reviews.domain.Review.Proposal;
import dev.fireside.payments.reviews.domain.Review.Refund;
import dev.fireside.payments.reviews.domain.Review.State;
import dev.fireside.shared.http.Sheet;
import dev.fireside.shared.json.WireNames;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Cases as moderators see them.
final class CaseViews {
  /// Cases as a table.
  static final Sheet<CaseView> SHEET =
      Sheet.<CaseView>named("cases")
          .column("id", CaseView::id)
          .column("uid", CaseView::uid)
          .column("reason", CaseView::reason)
          .column("store", CaseView::store)
          .column("book", CaseView::book)
          .column("purchase", CaseView::purchase)
          .column("sale", CaseView::sale)
          .column("amount", CaseView::amount)
          .column("currency", CaseView::currency)
          .column("evidence", review -> review.evidence().entrySet())
          .column("open", CaseView::open)
          .column("twoPersons", CaseView::twoPersons)
          .column("claimedBy", CaseView::claimedBy)
          .column("leaseUntil", CaseView::leaseUntil)
          .column("proposed", CaseView::proposed)
          .column("proposedBy", CaseView::proposedBy)
          .column("decision", CaseView::decision)
          .column("deciders", CaseView::deciders)
          .column("decidedAt", CaseView::decidedAt)
          .column("deadline", CaseView::deadline)
          .column("refund", CaseView::refund)
          .column("notes", review -> review.notes().stream().map(Note::text).toList())
          .sheet();

  private final DecideCase decide;

  /// A case as it is shown.
  ///
  /// @param amount the money at stake, in minor units
  /// @param evidence what was known when it was opened
  /// @param twoPersons whether two people must decide alike
  /// @param proposed what the first of them decided
  /// @param refund where giving the money back stands
  /// @param notes what people noted about it, the oldest first
  record CaseView(
      String id,
      String uid,
      String reason,
      @Nullable String store,
      @Nullable String book,
      @Nullable String purchase,
      @Nullable String sale,
      long amount,
      @Nullable String currency,
      Map<String, String> evidence,
      boolean open,
      boolean twoPersons,
      @Nullable String claimedBy,
      @Nullable Instant leaseUntil,
      @Nullable String proposed,
      @Nullable String proposedBy,
      @Nullable String decision,
      List<String> deciders,
      @Nullable Instant decidedAt,
      Instant deadline,
      String refund,
      List<Note> notes) {}

  CaseViews(DecideCase decide) {
    this.decide = decide;
  }

  /// One case.
  CaseView view(Review review) {
    return views(List.of(review)).getFirst();
  }

  /// Cases, as they come.
  List<CaseView> views(List<Review> cases) {
    Set<String> two = decide.needTwo(cases);
    return cases.stream().map(review -> view(review, two.contains(review.doubt().id()))).toList();
  }

  private static CaseView view(Review review, boolean two) {
    PurchaseKey purchase = review.doubt().purchase();
    Claim claim = review.state() instanceof State.Open open ? open.claim() : null;
    Proposal proposal = review.state().proposal();
    State.Decided decided = review.state() instanceof State.Decided done ? done : null;
    return new CaseView(
        review.doubt().id(),
        review.doubt().uid(),
        review.doubt().reason(),
        purchase == null ? null : purchase.store(),
        purchase == null ? null : purchase.book().wireName(),
        purchase == null ? null : purchase.id(),
        review.doubt().sale(),
        review.doubt().minor(),
        review.doubt().currency(),
        review.doubt().evidence(),
        review.isOpen(),
        two,
        claim == null ? null : claim.by(),
        claim == null ? null : claim.until(),
        proposal == null ? null : WireNames.of(proposal.what()),
        proposal == null ? null : proposal.by(),
        decided == null ? null : WireNames.of(decided.decision()),
        decided == null ? List.of() : decided.deciders(),
        decided == null ? null : decided.at(),
        review.deadline(),
        WireNames.of(decided == null ? Refund.NONE : decided.refund()),
        review.notes());
  }
}

package dev.fireside.payments.reviews;

import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.domain.Review.Claim;
import dev.fireside.payments.reviews.domain.Review.Decision;
import dev.fireside.payments.reviews.domain.Review.Proposal;
import dev.fireside.payments.reviews.domain.Review.Refund;
import dev.fireside.payments.reviews.domain.Review.State;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.http.Sheet;
import dev.fireside.shared.ids.DocumentNames;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Documents;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What moderators ask about the review queue.
public final class ReviewRoutes {
  private static final int UID_MAX = 128;

  private final Documents documents;
  private final ReviewStore reviews = new ReviewStore();
  private final ClaimCase claim;
  private final DecideCase decide;

  /// A case as it is shown.
  ///
  /// @param amount the money at stake, in minor units
  /// @param evidence what was known when it was opened
  /// @param twoPersons whether two people must decide alike
  /// @param proposed what the first of them decided
  /// @param refund where giving the money back stands
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
      String refund) {}

  private static final Sheet<CaseView> SHEET =
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
          .sheet();

  public ReviewRoutes(Platform platform) {
    this.documents = platform.documents();
    this.claim = new ClaimCase(documents, reviews, platform.clock());
    this.decide = new DecideCase(platform, reviews);
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/reviews", Access.MODERATOR, this::list)
        .route("GET", "/api/reviews/{id}", Access.MODERATOR, this::read)
        .route("POST", "/api/reviews/{id}/claim", Access.MODERATOR, this::claim)
        .route("POST", "/api/reviews/{id}/decision", Access.MODERATOR, this::decide);
  }

  private Response list(Request request) {
    boolean open = request.queryOneOf("status", List.of("open", "decided")).equals("open");
    Uid uid =
        request
            .query("uid", UID_MAX)
            .map(text -> {
              if (!Uid.isValid(text)) {
                throw Request.invalidQuery("uid", "is no user id");
              }
              return new Uid(text);
            })
            .orElse(null);
    return request.list(
        "reviews:" + open + ":" + uid,
        SHEET,
        (after, limit) -> views(reviews.list(documents, open, uid, after, limit)),
        CaseView::id);
  }

  private Response read(Request request) {
    return Response.ok(
        view(
            reviews
                .find(documents, id(request))
                .orElseThrow(() -> ProblemException.notFound("review case"))));
  }

  private Response claim(Request request) {
    return Response.ok(view(claim.claim(id(request), request.caller().uid().value())));
  }

  private Response decide(Request request) {
    Decision decision =
        request.body(input -> {
          Decision given = input.optionalOneOf("decision", Decision.class);
          if (given == null && input.isAbsent("decision")) {
            input.reject("decision", "is missing");
          }
          return given == null ? Decision.DENY : given;
        });
    return Response.ok(view(decide.decide(id(request), request.caller().uid().value(), decision)));
  }

  private static String id(Request request) {
    String id = request.path("id");
    if (!DocumentNames.fits(id)) {
      throw ProblemException.notFound("review case");
    }
    return id;
  }

  private CaseView view(Review review) {
    return views(List.of(review)).getFirst();
  }

  private List<CaseView> views(List<Review> cases) {
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
        WireNames.of(decided == null ? Refund.NONE : decided.refund()));
  }
}

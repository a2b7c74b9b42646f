package dev.fireside.payments.reviews;

import dev.fireside.ledger.domain.Money;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.payments.reviews.domain.Review.Decision;
import dev.fireside.payments.reviews.domain.Review.Note;
import dev.fireside.payments.reviews.store.ReviewStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.DocumentNames;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Documents;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What moderators ask about the review queue.
public final class ReviewRoutes {
  private static final int UID_MAX = 128;
  private static final int NOTE_MAX = 1_000;
  private static final int SALE_MAX = 1_500;

  private final Documents documents;
  private final Clock clock;
  private final ReviewStore reviews = new ReviewStore();
  private final ClaimCase claim;
  private final DecideCase decide;
  private final NoteCase note;
  private final RequestRefund refund;
  private final CaseViews views;

  public ReviewRoutes(Platform platform) {
    this.documents = platform.documents();
    this.clock = platform.clock();
    this.claim = new ClaimCase(documents, reviews, platform.clock());
    this.decide = new DecideCase(platform, reviews);
    this.note = new NoteCase(documents, reviews, platform.clock());
    this.refund = new RequestRefund(platform, reviews, decide);
    this.views = new CaseViews(decide);
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/reviews", Access.MODERATOR, this::list)
        .route("GET", "/api/reviews/{id}", Access.MODERATOR, this::read)
        .route("POST", "/api/reviews/{id}/claim", Access.MODERATOR, this::claim)
        .route("POST", "/api/reviews/{id}/decision", Access.MODERATOR, this::decide)
        .route("POST", "/api/reviews/{id}/notes", Access.MODERATOR, this::note)
        .route("POST", "/api/payments/purchases/{id}/refunds", Access.MODERATOR, this::refund);
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
        CaseViews.SHEET,
        (after, limit) -> views.views(reviews.list(documents, open, uid, after, limit)),
        CaseViews.CaseView::id);
  }

  private Response read(Request request) {
    return Response.ok(
        views.view(
            reviews
                .find(documents, id(request))
                .orElseThrow(() -> ProblemException.notFound("review case"))));
  }

  private Response claim(Request request) {
    return Response.ok(views.view(claim.claim(id(request), request.caller().uid().value())));
  }

  private Response decide(Request request) {
    record Decided(Decision decision, @Nullable String note) {}
    Decided given =
        request.body(input -> {
          Decision decision = input.optionalOneOf("decision", Decision.class);
          if (decision == null && input.isAbsent("decision")) {
            input.reject("decision", "is missing");
          }
          return new Decided(
              decision == null ? Decision.DENY : decision, input.optionalText("note", 1, NOTE_MAX));
        });
    String who = request.caller().uid().value();
    Note said =
        given.note() == null ? null : new Note(request.newId(), who, clock.instant(), given.note());
    return Response.ok(views.view(decide.decide(id(request), who, given.decision(), said)));
  }

  private Response note(Request request) {
    String text = request.body(input -> input.text("text", 1, NOTE_MAX));
    return Response.ok(
        views.view(note.note(id(request), request.newId(), request.caller().uid().value(), text)));
  }

  /// A refund that is asked for twice by mistake goes back twice: the key that tells the two apart
  /// must be there.
  private Response refund(Request request) {
    if (request.header("Idempotency-Key").isEmpty()) {
      throw ProblemException.invalid(
          ProblemType.INVALID_INPUT, List.of(new FieldError("Idempotency-Key", "is missing")));
    }
    PurchaseKey key =
        PurchaseKey.find(request.path("id"))
            .orElseThrow(() -> ProblemException.notFound("purchase"));
    RequestRefund.Wish wish =
        request.body(input -> {
          String sale = input.optionalText("sale", 1, SALE_MAX);
          Long amount =
              input.isAbsent("amount") ? null : input.number("amount", 1, Money.MINOR_MAX);
          return new RequestRefund.Wish(sale, amount, input.text("reason", 1, NOTE_MAX));
        });
    return Response.ok(
        views.view(refund.request(request.newId(), key, wish, request.caller().uid().value())));
  }

  private static String id(Request request) {
    String id = request.path("id");
    if (!DocumentNames.fits(id)) {
      throw ProblemException.notFound("review case");
    }
    return id;
  }
}

package dev.fireside.payments.reviews.store;

import com.google.cloud.firestore.Query;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Times;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The review queue: `reviews/{caseId}`. What is to be decided is written once, by the ledger; here
/// only how far the decision is.
public final class ReviewStore {
  private static final String COLLECTION = "reviews";
  private static final String OPEN = "open";
  private static final String DECIDED = "decided";

  /// A case inside a transaction.
  public Optional<Review> find(Transaction transaction, String id) {
    return transaction.get(path(id)).map(ReviewStore::read);
  }

  /// A case.
  public Optional<Review> find(Documents documents, String id) {
    return documents.get(path(id)).map(ReviewStore::read);
  }

  /// One page of open or decided cases, those first whose deadline comes first.
  public List<Review> list(Documents documents, boolean open, @Nullable String after, int limit) {
    Query query =
        documents
            .collection(COLLECTION)
            .whereEqualTo("status", open ? OPEN : DECIDED)
            .orderBy("deadline")
            .orderBy("id")
            .limit(limit);
    if (after != null) {
      Optional<Review> last = find(documents, after);
      if (last.isEmpty()) {
        return List.of();
      }
      query = query.startAfter(Times.timestamp(last.get().deadline()), after);
    }
    return documents.list(query).stream().map(ReviewStore::read).toList();
  }

  /// Open cases whose time is over.
  public List<Review> overdue(Documents documents, Instant now, int limit) {
    return documents
        .list(
            documents
                .collection(COLLECTION)
                .whereEqualTo("status", OPEN)
                .whereLessThanOrEqualTo("deadline", Times.timestamp(now))
                .orderBy("deadline")
                .limit(limit))
        .stream()
        .map(ReviewStore::read)
        .toList();
  }

  /// Decided cases whose money a provider is to give back.
  public List<Review> refundsDue(Documents documents, int limit) {
    return documents
        .list(
            documents
                .collection(COLLECTION)
                .whereEqualTo("refund", WireNames.of(Review.Refund.DUE))
                .limit(limit))
        .stream()
        .map(ReviewStore::read)
        .toList();
  }

  /// Writes how far a case is.
  public void put(Transaction transaction, Review review, Instant now) {
    transaction.update(path(review.doubt().id()), progress(review, now));
  }

  private static Map<String, Object> progress(Review review, Instant now) {
    var fields = new HashMap<String, Object>();
    fields.put("status", review.isOpen() ? OPEN : DECIDED);
    fields.put("deadline", review.deadline());
    fields.put("claimedBy", text(review.claimedBy()));
    fields.put("leaseUntil", instant(review.leaseUntil()));
    fields.put("proposed", name(review.proposed()));
    fields.put("proposedBy", text(review.proposedBy()));
    fields.put("decision", name(review.decision()));
    fields.put("deciders", review.deciders());
    fields.put("decidedAt", instant(review.decidedAt()));
    fields.put("refund", WireNames.of(review.refund()));
    fields.put("updatedAt", now);
    return fields;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static String name(Review.@Nullable Decision decision) {
    return decision == null ? "" : WireNames.of(decision);
  }

  private static Instant instant(@Nullable Instant value) {
    return value == null ? Instant.EPOCH : value;
  }

  private static Review read(Document document) {
    Fields fields = document.fields();
    PurchaseKey purchase =
        fields
            .text("purchase")
            .map(id ->
                new PurchaseKey(
                    fields.requiredText("store"), Book.of(fields.requiredText("book")), id))
            .orElse(null);
    var evidence = new HashMap<String, String>();
    Fields seen = fields.map("evidence");
    seen.names().forEach(name -> seen.text(name).ifPresent(text -> evidence.put(name, text)));
    var doubt =
        new ReviewCase(
            document.id(),
            fields.text("uid").orElse(""),
            fields.requiredText("reason"),
            purchase,
            fields.text("sale").orElse(null),
            fields.number("minor"),
            fields.text("currency").orElse(null),
            evidence);
    return new Review(
        doubt,
        present(fields, "claimedBy"),
        moment(fields, "leaseUntil"),
        decision(fields, "proposed"),
        present(fields, "proposedBy"),
        decision(fields, "decision"),
        fields.texts("deciders"),
        moment(fields, "decidedAt"),
        fields.instant("createdAt").orElse(Instant.EPOCH),
        fields.instant("deadline").orElse(Instant.EPOCH),
        Review.Refund.valueOf(fields.text("refund").orElse("none").toUpperCase(Locale.ROOT)));
  }

  private static @Nullable String present(Fields fields, String name) {
    return fields.text(name).filter(text -> !text.isEmpty()).orElse(null);
  }

  private static @Nullable Instant moment(Fields fields, String name) {
    return fields.instant(name).filter(at -> !at.equals(Instant.EPOCH)).orElse(null);
  }

  private static Review.@Nullable Decision decision(Fields fields, String name) {
    String text = present(fields, name);
    return text == null ? null : Review.Decision.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static String path(String id) {
    return COLLECTION + "/" + id;
  }
}

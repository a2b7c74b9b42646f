package dev.fireside.payments.reviews.store;

import com.google.cloud.firestore.Query;
import dev.fireside.ledger.domain.Book;
import dev.fireside.ledger.domain.PurchaseKey;
import dev.fireside.ledger.domain.ReviewCase;
import dev.fireside.payments.reviews.domain.Review;
import dev.fireside.payments.reviews.domain.Review.Claim;
import dev.fireside.payments.reviews.domain.Review.Decision;
import dev.fireside.payments.reviews.domain.Review.Note;
import dev.fireside.payments.reviews.domain.Review.Proposal;
import dev.fireside.payments.reviews.domain.Review.Refund;
import dev.fireside.payments.reviews.domain.Review.State;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Maps;
import dev.fireside.shared.store.Times;
import dev.fireside.shared.store.Transaction;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
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
  ///
  /// @param uid whom they are about; null for anybody
  public List<Review> list(
      Documents documents, boolean open, @Nullable Uid uid, @Nullable String after, int limit) {
    Query query =
        documents
            .collection(COLLECTION)
            .whereEqualTo("status", open ? OPEN : DECIDED)
            .orderBy("deadline")
            .orderBy("id")
            .limit(limit);
    if (uid != null) {
      query = query.whereEqualTo("uid", uid.value());
    }
    if (after != null) {
      Optional<Review> last = find(documents, after);
      if (last.isEmpty()) {
        return List.of();
      }
      query = query.startAfter(Times.timestamp(last.get().deadline()), after);
    }
    return documents.list(query).stream().map(ReviewStore::read).toList();
  }

  /// Up to [Review#OF_PURCHASE_MAX] cases about a purchase.
  public List<Review> ofPurchase(Documents documents, PurchaseKey key) {
    return ofPurchase(documents.list(byPurchase(documents, key)), key);
  }

  /// Up to [Review#OF_PURCHASE_MAX] cases about a purchase, inside a transaction.
  public List<Review> ofPurchase(Documents documents, Transaction transaction, PurchaseKey key) {
    return ofPurchase(transaction.list(byPurchase(documents, key)), key);
  }

  private static Query byPurchase(Documents documents, PurchaseKey key) {
    return documents
        .collection(COLLECTION)
        .whereEqualTo("purchase", key.id())
        .limit(Review.OF_PURCHASE_MAX);
  }

  private static List<Review> ofPurchase(List<Document> found, PurchaseKey key) {
    return found.stream()
        .map(ReviewStore::read)
        .filter(review -> key.equals(review.doubt().purchase()))
        .toList();
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
                .whereEqualTo("refund", WireNames.of(Refund.DUE))
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
    fields.put("deadline", review.deadline());
    fields.put("updatedAt", now);
    if (!review.notes().isEmpty()) {
      fields.put("notes", review.notes().stream().map(ReviewStore::write).toList());
    }
    Proposal proposal = review.state().proposal();
    fields.put("proposed", proposal == null ? "" : WireNames.of(proposal.what()));
    fields.put("proposedBy", proposal == null ? "" : proposal.by());
    switch (review.state()) {
      case State.Open(var claim, _) -> {
        fields.put("status", OPEN);
        fields.put("claimedBy", claim == null ? "" : claim.by());
        fields.put("leaseUntil", claim == null ? Instant.EPOCH : claim.until());
        fields.put("decision", "");
        fields.put("deciders", List.of());
        fields.put("decidedAt", Instant.EPOCH);
        fields.put("refund", WireNames.of(Refund.NONE));
      }
      case State.Decided decided -> {
        fields.put("status", DECIDED);
        fields.put("claimedBy", "");
        fields.put("leaseUntil", Instant.EPOCH);
        fields.put("decision", WireNames.of(decided.decision()));
        fields.put("deciders", decided.deciders());
        fields.put("decidedAt", decided.at());
        fields.put("refund", WireNames.of(decided.refund()));
        Maps.put(fields, "refundId", decided.refundId());
      }
    }
    return fields;
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
        fields.instant("createdAt").orElse(Instant.EPOCH),
        fields.instant("deadline").orElse(Instant.EPOCH),
        state(fields),
        fields.maps("notes").stream().map(ReviewStore::note).toList());
  }

  private static Map<String, Object> write(Note note) {
    return Map.of("id", note.id(), "by", note.by(), "at", note.at(), "text", note.text());
  }

  private static Note note(Fields fields) {
    return new Note(
        fields.requiredText("id"),
        fields.requiredText("by"),
        fields.instant("at").orElse(Instant.EPOCH),
        fields.requiredText("text"));
  }

  private static State state(Fields fields) {
    Optional<Proposal> proposal =
        decision(fields, "proposed")
            .map(what -> new Proposal(what, fields.requiredText("proposedBy")));
    Optional<Decision> decision = decision(fields, "decision");
    if (decision.isPresent()) {
      return new State.Decided(
          decision.get(),
          fields.texts("deciders"),
          fields.instant("decidedAt").orElse(Instant.EPOCH),
          WireNames.parse(Refund.class, fields.requiredText("refund")),
          fields.text("refundId").orElse(null),
          proposal.orElse(null));
    }
    Optional<Claim> claim =
        fields
            .text("claimedBy")
            .filter(who -> !who.isEmpty())
            .map(who -> new Claim(who, fields.instant("leaseUntil").orElse(Instant.EPOCH)));
    return new State.Open(claim.orElse(null), proposal.orElse(null));
  }

  private static Optional<Decision> decision(Fields fields, String name) {
    return fields
        .text(name)
        .filter(text -> !text.isEmpty())
        .map(text -> WireNames.parse(Decision.class, text));
  }

  private static String path(String id) {
    return COLLECTION + "/" + id;
  }
}

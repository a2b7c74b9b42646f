package dev.fireside.payouts.store;

import com.google.cloud.firestore.FieldPath;
import com.google.cloud.firestore.Query;
import dev.fireside.payouts.domain.Payout;
import dev.fireside.payouts.domain.Payout.State;
import dev.fireside.payouts.domain.Payout.Terms;
import dev.fireside.payouts.domain.PayoutRun;
import dev.fireside.payouts.domain.Share;
import dev.fireside.payouts.domain.Statement;
import dev.fireside.payouts.domain.TransferRequest;
import dev.fireside.payouts.domain.TransferRequest.Answer;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Maps;
import dev.fireside.shared.store.Times;
import dev.fireside.shared.store.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Creators' earnings: runs (`payoutRuns/{run}`, their shares once they are fixed below),
/// statements (`statements/{run:uid:version}`, created once and never written again) and the way of
/// each one's money (`payouts/{statement}`).
public final class PayoutStore {
  /// Shares kept in one document.
  public static final int CHUNK = 400;

  private static final String RUNS = "payoutRuns";
  private static final String STATEMENTS = "statements";
  private static final String PAYOUTS = "payouts";
  private static final int PAGE = 500;

  private final Documents documents;

  public PayoutStore(Documents documents) {
    this.documents = documents;
  }

  /// A run and how far it is.
  ///
  /// @param token names the shares that count; empty while none are fixed
  /// @param chunks how many documents hold them
  /// @param creators how many creators share
  /// @param shared what they share of the pool
  public record Kept(
      PayoutRun terms,
      Status status,
      String token,
      int chunks,
      long creators,
      long shared,
      Instant openedAt) {
    /// This, its shares fixed.
    public Kept fixed(String newToken, int count, List<Share> shares) {
      return new Kept(
          terms,
          Status.CLOSING,
          newToken,
          count,
          shares.size(),
          shares.stream().mapToLong(Share::earned).sum(),
          openedAt);
    }

    /// This, all statements being there.
    public Kept closed() {
      return new Kept(terms, Status.CLOSED, token, chunks, creators, shared, openedAt);
    }
  }

  /// How far a run is; later constants follow.
  public enum Status {
    OPEN,
    /// Shares are fixed; statements are being written.
    CLOSING,
    CLOSED;

    /// The name in documents and answers.
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A run.
  public Optional<Kept> run(String id) {
    return documents.get(RUNS + "/" + id).map(PayoutStore::run);
  }

  /// A run inside a transaction.
  public Optional<Kept> run(Transaction transaction, String id) {
    return transaction.get(RUNS + "/" + id).map(PayoutStore::run);
  }

  /// Writes a run.
  public void put(Transaction transaction, Kept run, Instant now) {
    PayoutRun terms = run.terms();
    var fields = new HashMap<String, Object>();
    fields.put("id", terms.id());
    fields.put("period", terms.period());
    fields.put("currency", terms.currency());
    fields.put("watchPool", terms.watchPool());
    fields.put("giftPool", terms.giftPool());
    fields.put("reserve", terms.reserve());
    fields.put("minimum", terms.minimum());
    fields.put("holdSeconds", terms.hold().toSeconds());
    fields.put("reserveHoldSeconds", terms.reserveHold().toSeconds());
    fields.put("status", run.status().wireName());
    fields.put("token", run.token());
    fields.put("chunks", run.chunks());
    fields.put("creators", run.creators());
    fields.put("shared", run.shared());
    fields.put("openedAt", run.openedAt());
    fields.put("updatedAt", now);
    transaction.set(RUNS + "/" + terms.id(), fields);
  }

  /// One page of runs, by name, the last first.
  public List<Kept> runs(@Nullable String after, int limit) {
    Query query = documents.collection(RUNS).orderBy("id", Query.Direction.DESCENDING).limit(limit);
    return documents.list(after == null ? query : query.startAfter(after)).stream()
        .map(PayoutStore::run)
        .toList();
  }

  /// Runs whose statements are being written.
  public List<Kept> closing() {
    return documents
        .list(
            documents
                .collection(RUNS)
                .whereEqualTo("status", Status.CLOSING.wireName())
                .limit(PAGE))
        .stream()
        .map(PayoutStore::run)
        .toList();
  }

  /// Verified seconds watched in a period by creator: `watchtime/{period}/creators/{uid}`.
  public Map<String, Long> seconds(String period) {
    return weights("watchtime/" + period + "/creators", "seconds");
  }

  /// Units of gifts in a period by creator: `giftRevenue/{period}/creators/{uid}`.
  public Map<String, Long> gifts(String period) {
    return weights("giftRevenue/" + period + "/creators", "units");
  }

  private Map<String, Long> weights(String collection, String field) {
    var weights = new HashMap<String, Long>();
    Query base = documents.collection(collection).orderBy(FieldPath.documentId()).limit(PAGE);
    Query query = base;
    while (true) {
      List<Document> page = documents.list(query);
      page.forEach(
          creator -> weights.put(creator.id(), Math.max(0, creator.fields().number(field))));
      if (page.size() < PAGE) {
        return weights;
      }
      query = base.startAfter(page.getLast().id());
    }
  }

  /// Writes shares that are to be fixed.
  public void putShares(String run, String token, int chunk, List<Share> shares) {
    documents.set(
        sharesPath(run, token, chunk),
        Map.of(
            "shares",
            shares.stream()
                .map(share ->
                    Map.of(
                        "uid", share.uid().value(),
                        "seconds", share.seconds(),
                        "gifts", share.gifts(),
                        "watchAmount", share.watchAmount(),
                        "giftAmount", share.giftAmount()))
                .toList()));
  }

  /// Shares that are fixed.
  public List<Share> shares(String run, String token, int chunk) {
    Fields fields =
        documents.get(sharesPath(run, token, chunk)).map(Document::fields).orElseThrow();
    var shares = new ArrayList<Share>();
    for (Fields share : fields.maps("shares")) {
      shares.add(
          new Share(
              new Uid(share.requiredText("uid")),
              share.number("seconds"),
              share.number("gifts"),
              share.number("watchAmount"),
              share.number("giftAmount")));
    }
    return shares;
  }

  private static String sharesPath(String run, String token, int chunk) {
    return RUNS + "/" + run + "/shares/" + token + "-" + chunk;
  }

  /// Which of some statements exist, inside a transaction.
  public Set<String> existing(Transaction transaction, List<String> ids) {
    var found = new HashSet<String>();
    transaction
        .getAll(ids.stream().map(id -> STATEMENTS + "/" + id).toList())
        .values()
        .forEach(document -> found.add(document.id()));
    return found;
  }

  /// A statement inside a transaction.
  public Optional<Statement> statement(Transaction transaction, String id) {
    return transaction.get(STATEMENTS + "/" + id).map(document -> statement(document.fields()));
  }

  /// Creates a statement; the whole commit fails where it exists.
  public void create(Transaction transaction, Statement statement) {
    var fields = new HashMap<String, Object>();
    fields.put("id", statement.id());
    fields.put("run", statement.run());
    fields.put("uid", statement.uid().value());
    fields.put("version", statement.version());
    fields.put("currency", statement.currency());
    fields.put("seconds", statement.seconds());
    fields.put("gifts", statement.gifts());
    fields.put("watchAmount", statement.watchAmount());
    fields.put("giftAmount", statement.giftAmount());
    fields.put("correction", statement.correction());
    fields.put("reserve", statement.reserve());
    fields.put("earned", statement.earned());
    fields.put("issuedAt", statement.issuedAt());
    if (statement.reason() != null) {
      fields.put("reason", statement.reason());
    }
    transaction.create(STATEMENTS + "/" + statement.id(), fields);
  }

  /// One page of statements by a field such as `uid` or `run`, in order of id.
  public List<Statement> statements(String field, String value, @Nullable String after, int limit) {
    Query query =
        documents.collection(STATEMENTS).whereEqualTo(field, value).orderBy("id").limit(limit);
    return documents.list(after == null ? query : query.startAfter(after)).stream()
        .map(document -> statement(document.fields()))
        .toList();
  }

  /// A payout.
  public Optional<Payout> payout(String id) {
    return documents.get(PAYOUTS + "/" + id).map(document -> payout(document.fields()));
  }

  /// A payout inside a transaction.
  public Optional<Payout> payout(Transaction transaction, String id) {
    return transaction.get(PAYOUTS + "/" + id).map(document -> payout(document.fields()));
  }

  /// Payouts by id; missing ones are left out.
  public Map<String, Payout> payouts(List<String> ids) {
    var found = new HashMap<String, Payout>();
    documents
        .getAll(ids.stream().map(id -> PAYOUTS + "/" + id).toList())
        .values()
        .forEach(document -> found.put(document.id(), payout(document.fields())));
    return found;
  }

  /// Payouts with something to do by then, the longest due first.
  public List<Payout> due(Instant by, int limit) {
    return documents
        .list(
            documents
                .collection(PAYOUTS)
                .whereLessThanOrEqualTo("nextAt", Times.timestamp(by))
                .orderBy("nextAt")
                .limit(limit))
        .stream()
        .map(document -> payout(document.fields()))
        .toList();
  }

  /// Writes a payout.
  public void put(Transaction transaction, Payout payout, Instant now) {
    Terms terms = payout.terms();
    var fields = new HashMap<String, Object>();
    fields.put("id", terms.id());
    fields.put("run", terms.run());
    fields.put("uid", terms.uid().value());
    fields.put("currency", terms.currency());
    fields.put("minimum", terms.minimum());
    fields.put("released", terms.released());
    fields.put("status", status(payout.state()));
    fields.put("reversed", payout.reversed());
    fields.put("updatedAt", now);
    put(fields, payout.last());
    if (payout.state() instanceof State.Paid paid) {
      fields.put("transfer", paid.transfer());
    }
    Maps.put(fields, "detail", payout.detail());
    Maps.put(fields, "nextAt", payout.nextAt());
    transaction.set(PAYOUTS + "/" + terms.id(), fields);
  }

  private static void put(Map<String, Object> fields, @Nullable TransferRequest request) {
    if (request == null) {
      fields.put("amount", 0L);
      fields.put("round", 0);
      fields.put("attempt", 0);
      fields.put("answer", answer(Answer.UNKNOWN));
      return;
    }
    fields.put("amount", request.amount());
    fields.put("account", request.account());
    fields.put("round", request.round());
    fields.put("attempt", request.attempt());
    fields.put("attemptAt", request.attemptAt());
    fields.put("answer", answer(request.answer()));
  }

  /// The name of a state in documents and answers: never rename one.
  public static String status(State state) {
    return switch (state) {
      case State.Waiting _ -> "waiting";
      case State.Blocked _ -> "blocked";
      case State.Pending _ -> "pending";
      case State.Paid _ -> "paid";
      case State.Carried _ -> "carried";
    };
  }

  private static String answer(Answer answer) {
    return switch (answer) {
      case UNKNOWN -> "unknown";
      case NO_FUNDS -> "no_funds";
      case FAILED -> "failed";
    };
  }

  private static Payout payout(Fields fields) {
    var terms =
        new Terms(
            fields.requiredText("id"),
            fields.requiredText("run"),
            new Uid(fields.requiredText("uid")),
            fields.requiredText("currency"),
            fields.number("minimum"),
            fields.number("released"));
    return new Payout(terms, state(fields));
  }

  private static State state(Fields fields) {
    Instant nextAt = fields.instant("nextAt").orElse(Instant.EPOCH);
    TransferRequest last = fields.number("round") == 0 ? null : request(fields);
    return switch (fields.requiredText("status")) {
      case "waiting" -> new State.Waiting(nextAt);
      case "blocked" -> new State.Blocked(last, fields.requiredText("detail"), nextAt);
      case "pending" -> new State.Pending(request(fields), nextAt);
      case "paid" ->
          new State.Paid(
              request(fields), fields.requiredText("transfer"), fields.number("reversed"));
      case "carried" -> new State.Carried(last);
      case String other -> throw new IllegalStateException("Not a state of a payout: " + other);
    };
  }

  private static TransferRequest request(Fields fields) {
    Answer answer =
        Arrays.stream(Answer.values())
            .filter(known -> answer(known).equals(fields.requiredText("answer")))
            .findFirst()
            .orElseThrow();
    return new TransferRequest(
        fields.number("amount"),
        fields.requiredText("account"),
        (int) fields.number("round"),
        (int) fields.number("attempt"),
        fields.instant("attemptAt").orElseThrow(),
        answer);
  }

  private static Statement statement(Fields fields) {
    return new Statement(
        fields.requiredText("run"),
        new Uid(fields.requiredText("uid")),
        (int) fields.number("version"),
        fields.requiredText("currency"),
        fields.number("seconds"),
        fields.number("gifts"),
        fields.number("watchAmount"),
        fields.number("giftAmount"),
        fields.number("correction"),
        fields.text("reason").orElse(null),
        fields.number("reserve"),
        fields.instant("issuedAt").orElse(Instant.EPOCH));
  }

  private static Kept run(Document document) {
    Fields fields = document.fields();
    var terms =
        new PayoutRun(
            fields.requiredText("period"),
            fields.requiredText("currency"),
            fields.number("watchPool"),
            fields.number("giftPool"),
            (int) fields.number("reserve"),
            fields.number("minimum"),
            Duration.ofSeconds(fields.number("holdSeconds")),
            Duration.ofSeconds(fields.number("reserveHoldSeconds")));
    return new Kept(
        terms,
        Status.valueOf(fields.requiredText("status").toUpperCase(Locale.ROOT)),
        fields.text("token").orElse(""),
        (int) fields.number("chunks"),
        fields.number("creators"),
        fields.number("shared"),
        fields.instant("openedAt").orElse(Instant.EPOCH));
  }
}

package dev.fireside.payouts;

import dev.fireside.payouts.domain.Payout;
import dev.fireside.payouts.domain.Payout.State;
import dev.fireside.payouts.domain.PayoutRun;
import dev.fireside.payouts.domain.Statement;
import dev.fireside.payouts.store.PayoutStore;
import dev.fireside.payouts.store.PayoutStore.Kept;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.ids.Uid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Runs and statements, to be read.
final class ReadPayouts {
  private final PayoutStore store;

  /// A run as it is shown; amounts in minor units.
  ///
  /// @param reserve ten-thousandths of the earnings that are held back longer
  /// @param creators how many creators share; 0 while it is open
  /// @param shared what they share; the rest of the pool goes back to the house
  record RunView(
      String id,
      String period,
      String currency,
      long watchPool,
      long giftPool,
      int reserve,
      long minimum,
      long holdDays,
      long reserveDays,
      String status,
      long creators,
      long shared,
      Instant openedAt) {}

  /// A statement as it is shown; amounts in minor units.
  record StatementView(
      String id,
      String run,
      Uid uid,
      int version,
      String currency,
      long seconds,
      long gifts,
      long watchAmount,
      long giftAmount,
      long correction,
      @Nullable String reason,
      long reserve,
      long earned,
      Instant issuedAt,
      List<PayoutView> payouts) {}

  /// Where the money of a statement is.
  ///
  /// @param amount what was transferred, with what other statements left
  /// @param transfer Stripe's id of the transfer that was made; null for none
  /// @param transferredAt when it was asked for
  /// @param detail why it does not go on; null where it does
  /// @param nextAt when it goes on; null where it is settled
  record PayoutView(
      String id,
      String status,
      long released,
      long amount,
      long reversed,
      @Nullable String transfer,
      @Nullable Instant transferredAt,
      @Nullable String detail,
      @Nullable Instant nextAt) {}

  ReadPayouts(PayoutStore store) {
    this.store = store;
  }

  /// A run. Throws a 404 problem without.
  RunView run(String id) {
    return view(store.run(id).orElseThrow(() -> ProblemException.notFound("payout run")));
  }

  /// One page of runs, the last first.
  List<RunView> runs(@Nullable String after, int limit) {
    return store.runs(after, limit).stream().map(ReadPayouts::view).toList();
  }

  /// One page of a run's statements.
  List<StatementView> ofRun(String run, @Nullable String after, int limit) {
    return views(store.statements("run", run, after, limit));
  }

  /// One page of a creator's statements.
  List<StatementView> ofCreator(Uid uid, @Nullable String after, int limit) {
    return views(store.statements("uid", uid.value(), after, limit));
  }

  static RunView view(Kept run) {
    PayoutRun terms = run.terms();
    return new RunView(
        terms.id(),
        terms.period(),
        terms.currency(),
        terms.watchPool(),
        terms.giftPool(),
        terms.reserve(),
        terms.minimum(),
        terms.hold().toDays(),
        terms.reserveHold().toDays(),
        run.status().wireName(),
        run.creators(),
        run.shared(),
        run.openedAt());
  }

  private List<StatementView> views(List<Statement> statements) {
    var ids = new ArrayList<String>();
    statements.forEach(statement -> {
      ids.add(statement.id());
      ids.add(statement.id() + ":reserve");
    });
    Map<String, Payout> payouts = store.payouts(ids);
    return statements.stream().map(statement -> view(statement, payouts)).toList();
  }

  static StatementView view(Statement statement, Map<String, Payout> payouts) {
    var ways = new ArrayList<PayoutView>();
    for (String id : List.of(statement.id(), statement.id() + ":reserve")) {
      Payout payout = payouts.get(id);
      if (payout != null) {
        ways.add(
            new PayoutView(
                id,
                PayoutStore.status(payout.state()),
                payout.terms().released(),
                payout.transferred(),
                payout.reversed(),
                payout.state() instanceof State.Paid paid ? paid.transfer() : null,
                payout.state() instanceof State.Paid paid ? paid.request().attemptAt() : null,
                payout.detail(),
                payout.nextAt()));
      }
    }
    return new StatementView(
        statement.id(),
        statement.run(),
        statement.uid(),
        statement.version(),
        statement.currency(),
        statement.seconds(),
        statement.gifts(),
        statement.watchAmount(),
        statement.giftAmount(),
        statement.correction(),
        statement.reason(),
        statement.reserve(),
        statement.earned(),
        statement.issuedAt(),
        ways);
  }
}

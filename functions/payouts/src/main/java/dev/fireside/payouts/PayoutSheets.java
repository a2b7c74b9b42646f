package dev.fireside.payouts;

import dev.fireside.payouts.ReadPayouts.PayoutView;
import dev.fireside.payouts.ReadPayouts.RunView;
import dev.fireside.payouts.ReadPayouts.StatementView;
import dev.fireside.shared.http.Sheet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Runs and statements as CSV.
final class PayoutSheets {
  static final Sheet<RunView> RUNS =
      Sheet.<RunView>named("payout-runs")
          .column("id", RunView::id)
          .column("period", RunView::period)
          .column("currency", RunView::currency)
          .column("watchPool", RunView::watchPool)
          .column("giftPool", RunView::giftPool)
          .column("reserve", RunView::reserve)
          .column("minimum", RunView::minimum)
          .column("holdDays", RunView::holdDays)
          .column("reserveDays", RunView::reserveDays)
          .column("status", RunView::status)
          .column("creators", RunView::creators)
          .column("shared", RunView::shared)
          .column("openedAt", RunView::openedAt)
          .sheet();

  /// A row for each statement. Of its payouts, one for what is held back longer, each column has
  /// all values in their order.
  static final Sheet<StatementView> STATEMENTS =
      Sheet.<StatementView>named("statements")
          .column("id", StatementView::id)
          .column("run", StatementView::run)
          .column("uid", StatementView::uid)
          .column("version", StatementView::version)
          .column("currency", StatementView::currency)
          .column("seconds", StatementView::seconds)
          .column("gifts", StatementView::gifts)
          .column("watchAmount", StatementView::watchAmount)
          .column("giftAmount", StatementView::giftAmount)
          .column("correction", StatementView::correction)
          .column("reason", StatementView::reason)
          .column("reserve", StatementView::reserve)
          .column("earned", StatementView::earned)
          .column("issuedAt", StatementView::issuedAt)
          .column("payouts", each(PayoutView::id))
          .column("statuses", each(PayoutView::status))
          .column("released", each(PayoutView::released))
          .column("amounts", each(PayoutView::amount))
          .column("reversed", each(PayoutView::reversed))
          .column("transfers", each(PayoutView::transfer))
          .column("transferredAt", each(PayoutView::transferredAt))
          .sheet();

  private PayoutSheets() {}

  private static Function<StatementView, List<String>> each(
      Function<PayoutView, ? extends @Nullable Object> field) {
    return statement ->
        statement.payouts().stream()
            .map(payout -> {
              Object value = field.apply(payout);
              return value == null ? "" : value.toString();
            })
            .toList();
  }
}

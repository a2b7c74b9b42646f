package dev.fireside.payments.stripe;

import dev.fireside.ledger.domain.Book;
import dev.fireside.payments.purchases.Work;
import dev.fireside.shared.Platform;
import dev.fireside.stripe.ConnectNotice;
import dev.fireside.stripe.Payload;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hands on what is about creators' accounts and the transfers to them: whoever pays creators takes
/// it from a topic.
///
/// It is handed on before its delivery is claimed: after a crash in between Stripe delivers it
/// again, and it is handed on twice rather than never.
public final class ForwardToPayouts implements ConnectEvents {
  /// Whoever pays creators has no use for others, such as payouts from their accounts to their
  /// banks.
  private static final Pattern USEFUL =
      Pattern.compile("(account|capability|transfer|v2\\.core\\.account)[.\\[].*");

  private static final String BANKS = "account.external_account.";

  private final Platform platform;

  public ForwardToPayouts(Platform platform) {
    this.platform = platform;
  }

  @Override
  public Work work(StripeNotice notice) {
    if (USEFUL.matcher(notice.type()).matches()) {
      publish(notice);
    }
    return Work.NOTHING;
  }

  private void publish(StripeNotice notice) {
    Payload object = notice.object();
    boolean bank = notice.type().startsWith(BANKS);
    platform
        .topics()
        .publish(
            ConnectNotice.TOPIC,
            new ConnectNotice(
                notice.id(),
                notice.type(),
                notice.at(),
                notice.book() == Book.LIVE,
                notice.account() == null ? object.optionalId("account") : notice.account(),
                object.optionalId("id"),
                bank ? print(object) : null));
  }

  private static @Nullable String print(Payload bank) {
    String print = bank.text("fingerprint");
    return print.isEmpty() ? bank.optionalId("id") : print;
  }
}

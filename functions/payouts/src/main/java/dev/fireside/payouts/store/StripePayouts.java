package dev.fireside.payouts.store;

import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.IdempotencyException;
import com.stripe.exception.RateLimitException;
import com.stripe.exception.StripeException;
import com.stripe.model.Transfer;
import com.stripe.net.RequestOptions;
import com.stripe.param.TransferCreateParams;
import com.stripe.param.TransferListParams;
import dev.fireside.ledger.domain.Money;
import dev.fireside.payouts.domain.Payout.Terms;
import dev.fireside.payouts.domain.PayoutAccount;
import dev.fireside.payouts.domain.TransferRequest;
import dev.fireside.stripe.Payload;
import dev.fireside.stripe.store.StripeGateway;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stripe as it pays creators: accounts and transfers.
public final class StripePayouts {
  private static final Logger log = LoggerFactory.getLogger(StripePayouts.class);
  private static final Set<String> NO_FUNDS = Set.of("balance_insufficient", "insufficient_funds");
  private static final long PAGE = 100;
  private static final int CONFLICT = 409;
  private static final int SERVER_ERRORS = 500;

  private final StripeGateway stripe;

  public StripePayouts(StripeGateway stripe) {
    this.stripe = stripe;
  }

  /// A transfer as Stripe has it.
  public record Made(
      String id, String statement, long amount, String currency, String account, long reversed) {
    /// A transfer from amounts as Stripe counts them. Throws [IllegalArgumentException] where they
    /// are none.
    public static Made of(
        String id, String statement, long amount, String currency, String account, long reversed) {
      Money made = Money.ofStripe(amount, currency);
      return new Made(
          id,
          statement,
          made.minor(),
          made.currency(),
          account,
          Money.ofStripe(reversed, currency).minor());
    }
  }

  /// What became of a call.
  public sealed interface Sent {
    /// The transfer is made, by this call or the one that had the same key.
    record Done(Made transfer) implements Sent {}

    /// Our balance is too low; nothing was made.
    record NoFunds() implements Sent {}

    /// Stripe failed, and says the same to the same key from now on.
    record Failed() implements Sent {}

    /// Nobody knows whether it was made.
    record Unknown() implements Sent {}

    /// Stripe will not make it; nothing was made.
    record Refused(String why) implements Sent {}
  }

  /// Whether Stripe can be asked at all.
  public boolean isConfigured() {
    return stripe.isConfigured();
  }

  /// Asks for the transfer of a payout.
  public Sent send(Terms payout, TransferRequest request) {
    var params =
        TransferCreateParams.builder()
            .setAmount(new Money(request.amount(), payout.currency()).toStripe())
            .setCurrency(payout.currency().toLowerCase(Locale.ROOT))
            .setDestination(request.account())
            .setTransferGroup(group(payout))
            .putMetadata("statement_id", payout.id())
            .putMetadata("payout_run", payout.run())
            .putMetadata("creator_uid", payout.uid().value())
            .build();
    var options = RequestOptions.builder().setIdempotencyKey(request.key(payout.id())).build();
    try {
      return new Sent.Done(
          made(stripe.call(client -> client.v1().transfers().create(params, options))));
    } catch (StripeException e) {
      return failure(payout, e);
    }
  }

  private static Sent failure(Terms payout, StripeException e) {
    int status = e.getStatusCode() == null ? 0 : e.getStatusCode();
    if (e instanceof AuthenticationException) {
      log.error("ALERT Stripe takes none of our keys, and payout {} waits", payout.id(), e);
      return new Sent.Unknown();
    }
    if (e instanceof ApiConnectionException
        || e instanceof RateLimitException
        || status == CONFLICT
        || status == 0) {
      log.warn("Stripe did not say what became of payout {}", payout.id(), e);
      return new Sent.Unknown();
    }
    if (e instanceof IdempotencyException) {
      log.error("ALERT the key of payout {} was used for something else", payout.id(), e);
      return new Sent.Failed();
    }
    if (status >= SERVER_ERRORS) {
      log.warn("Stripe failed to make payout {}", payout.id(), e);
      return new Sent.Failed();
    }
    if (NO_FUNDS.contains(String.valueOf(e.getCode()))) {
      log.error("ALERT our balance at Stripe is too low for payout {}", payout.id());
      return new Sent.NoFunds();
    }
    log.error("Stripe refused payout {}", payout.id(), e);
    return new Sent.Refused(String.valueOf(e.getCode() == null ? status : e.getCode()));
  }

  private static String group(Terms payout) {
    return "payout_run_" + payout.run();
  }

  /// The transfer that was made for a payout, whichever key it was asked for by; empty where there
  /// is none. Throws a 503 problem where Stripe does not say.
  public Optional<Made> find(Terms payout, TransferRequest request) {
    var params =
        TransferListParams.builder()
            .setTransferGroup(group(payout))
            .setDestination(request.account())
            .setLimit(PAGE)
            .build();
    try {
      return stripe.call(client -> {
        for (Transfer transfer : client.v1().transfers().list(params).autoPagingIterable()) {
          Made made = made(transfer);
          if (made.statement().equals(payout.id())) {
            return Optional.of(made);
          }
        }
        return Optional.empty();
      });
    } catch (StripeException e) {
      throw StripeGateway.unavailable("list transfers", e);
    }
  }

  /// A transfer as it is now; empty where Stripe knows none. Throws a 503 problem where it does not
  /// answer.
  public Optional<Made> transfer(String id) {
    return stripe
        .read("/v1/transfers/" + URLEncoder.encode(id, StandardCharsets.UTF_8))
        .map(Payload::of)
        .map(StripePayouts::read);
  }

  private static Made read(Payload transfer) {
    return Made.of(
        transfer.id("id"),
        transfer.object("metadata").text("statement_id"),
        transfer.number("amount", 0),
        transfer.text("currency"),
        transfer.text("destination"),
        transfer.number("amount_reversed", 0));
  }

  private static Made made(Transfer transfer) {
    String statement =
        transfer.getMetadata() == null
            ? ""
            : transfer.getMetadata().getOrDefault("statement_id", "");
    return Made.of(
        transfer.getId(),
        statement,
        transfer.getAmount() == null ? 0 : transfer.getAmount(),
        String.valueOf(transfer.getCurrency()),
        String.valueOf(transfer.getDestination()),
        transfer.getAmountReversed() == null ? 0 : transfer.getAmountReversed());
  }

  /// A creator's account as Stripe describes it now; not connected where Stripe knows none.
  public PayoutAccount account(PayoutAccount known) {
    Optional<String> body = stripe.read("/v1/accounts/" + known.account());
    return body.map(json -> account(known, Payload.of(json))).orElseGet(known::disconnected);
  }

  private static PayoutAccount account(PayoutAccount known, Payload stated) {
    String reason = stated.object("requirements").text("disabled_reason");
    var banks = new TreeSet<String>();
    for (Payload bank : stated.object("external_accounts").objects("data")) {
      String print = bank.text("fingerprint");
      banks.add(print.isEmpty() ? bank.text("id") : print);
    }
    return new PayoutAccount(
        known.uid(),
        known.account(),
        stated.flag("payouts_enabled"),
        stated.object("capabilities").text("transfers").equals("active"),
        reason.isEmpty() ? null : reason,
        String.join(",", banks),
        known.bankChangedAt(),
        true);
  }
}

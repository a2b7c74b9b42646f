package dev.fireside.payments.store;

import com.stripe.StripeClient;
import com.stripe.exception.ApiConnectionException;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.net.ApiResource.RequestMethod;
import com.stripe.net.RawRequestOptions;
import com.stripe.net.RequestOptions;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.billingportal.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.Mode;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import dev.fireside.payments.domain.Product;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.http.FieldError;
import dev.fireside.shared.http.ProblemException;
import dev.fireside.shared.http.ProblemType;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Stripe's interface. Every call that changes something carries an idempotency key of ours: the
/// SDK's own is random, so that a retry after a crash would do it twice.
public final class StripeGateway {
  private static final Logger log = LoggerFactory.getLogger(StripeGateway.class);

  /// All attempts of a call, by all keys, together stay within the minute that a function has.
  private static final int CONNECT_MILLIS = 2_000;

  private static final int READ_MILLIS = 6_000;
  private static final int RETRIES = 2;
  private static final int NOT_FOUND = 404;
  private static final int SERVER_ERRORS = 500;

  /// What callers choose of what Stripe is sent, by Stripe's name.
  private static final Map<String, String> FIELDS =
      Map.of("success_url", "successUrl", "cancel_url", "cancelUrl", "return_url", "returnUrl");

  /// The code of a 403 about an account that is not, or no longer, connected to ours.
  private static final String LEFT = "account_invalid";

  /// Keys tried in turn: Stripe answers a key whose call failed inside with that failure for a day.
  private static final int KEYS = 2;

  /// One for each of the keys that are configured, the newest first.
  private final List<StripeClient> clients;

  private final AtomicInteger current = new AtomicInteger();

  public StripeGateway(Config config) {
    this.clients =
        Arrays.stream(config.text("STRIPE_API_KEY").orElse("").split(",", -1))
            .map(String::strip)
            .filter(key -> !key.isEmpty())
            .map(key -> client(key, config))
            .toList();
  }

  private static StripeClient client(String key, Config config) {
    var builder =
        StripeClient.builder()
            .setApiKey(key)
            .setConnectTimeout(CONNECT_MILLIS)
            .setReadTimeout(READ_MILLIS)
            .setMaxNetworkRetries(RETRIES);
    config.text("STRIPE_API_BASE").ifPresent(builder::setApiBase);
    return builder.build();
  }

  /// A checkout to open.
  ///
  /// @param amount as Stripe counts; null to sell by the product's Stripe price
  public record CheckoutWish(
      String orderId,
      String uid,
      String customer,
      Product product,
      @Nullable Long amount,
      @Nullable String currency,
      String successUrl,
      String cancelUrl) {}

  /// A checkout session that was opened.
  ///
  /// @param amount what it asks for, as Stripe counts; null where Stripe does not know yet
  public record Checkout(String id, String url, @Nullable Long amount, @Nullable String currency) {}

  /// Something asked of Stripe.
  interface Call<T> {
    T with(StripeClient client) throws StripeException;
  }

  /// Something to be made at Stripe, under an idempotency key.
  interface Making<T> {
    T with(StripeClient client, RequestOptions options) throws StripeException;
  }

  /// Whether Stripe can be asked at all.
  public boolean isConfigured() {
    return !clients.isEmpty();
  }

  /// An object of our own as JSON, by its path such as `/v1/subscriptions/sub_1`; empty where there
  /// is none.
  public Optional<String> read(String path) {
    return read(path, null);
  }

  /// An object as JSON, by its path; empty where there is none.
  ///
  /// @param account the connected account it is in; null for our own
  public Optional<String> read(String path, @Nullable String account) {
    var options = RawRequestOptions.builder();
    if (account != null) {
      options.setStripeAccount(account);
    }
    try {
      return Optional.of(
          call(client -> client.rawRequest(RequestMethod.GET, path, null, options.build())).body());
    } catch (StripeException e) {
      if (Integer.valueOf(NOT_FOUND).equals(e.getStatusCode()) || LEFT.equals(e.getCode())) {
        return Optional.empty();
      }
      throw unavailable("read " + path, e);
    }
  }

  /// A person's customers at Stripe as JSON, found by their metadata.
  public Optional<String> findCustomers(String uid) {
    String query = "metadata['uid']:'" + uid + "'";
    return read(
        "/v1/customers/search?limit=1&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  /// The subscriptions of a customer as JSON, ended ones too.
  public Optional<String> subscriptions(String customer) {
    return read(
        "/v1/subscriptions?status=all&limit=100&customer="
            + URLEncoder.encode(customer, StandardCharsets.UTF_8));
  }

  /// Makes a customer for a person; the same one however often it is called.
  public String createCustomer(String uid) {
    var params = CustomerCreateParams.builder().putMetadata("uid", uid).build();
    return once(
            "make a customer",
            "customer:" + uid,
            (client, options) -> client.v1().customers().create(params, options))
        .getId();
  }

  /// Opens a checkout session for an order; the same one however often it is called.
  public Checkout openCheckout(CheckoutWish wish) {
    Map<String, String> metadata =
        Map.of("uid", wish.uid(), "sku", wish.product().id(), "order_id", wish.orderId());
    var params =
        com.stripe.param.checkout.SessionCreateParams.builder()
            .setClientReferenceId(wish.orderId())
            .setCustomer(wish.customer())
            .putAllMetadata(metadata)
            .setSuccessUrl(wish.successUrl())
            .setCancelUrl(wish.cancelUrl())
            .addLineItem(line(wish));
    if (wish.product().subscription()) {
      params
          .setMode(Mode.SUBSCRIPTION)
          .setSubscriptionData(SubscriptionData.builder().putAllMetadata(metadata).build());
    } else {
      params
          .setMode(Mode.PAYMENT)
          .setPaymentIntentData(PaymentIntentData.builder().putAllMetadata(metadata).build());
    }
    Session session =
        once(
            "open a checkout",
            "checkout:" + wish.orderId(),
            (client, options) -> client.v1().checkout().sessions().create(params.build(), options));
    return new Checkout(
        session.getId(),
        String.valueOf(session.getUrl()),
        session.getAmountTotal(),
        session.getCurrency());
  }

  private static LineItem line(CheckoutWish wish) {
    var line = LineItem.builder().setQuantity(1L);
    if (wish.amount() == null || wish.currency() == null) {
      return line.setPrice(wish.product().stripePrice()).build();
    }
    return line.setPriceData(
            LineItem.PriceData.builder()
                .setCurrency(wish.currency())
                .setUnitAmount(wish.amount())
                .setProductData(
                    LineItem.PriceData.ProductData.builder().setName(wish.product().id()).build())
                .build())
        .build();
  }

  /// Opens the customer portal and returns its address.
  public String openPortal(String customer, String returnUrl, String requestId) {
    var params =
        SessionCreateParams.builder().setCustomer(customer).setReturnUrl(returnUrl).build();
    return once(
            "open the portal",
            "portal:" + requestId,
            (client, options) -> client.v1().billingPortal().sessions().create(params, options))
        .getUrl();
  }

  /// Makes a call that does no harm when a failed one was done after all, under the next key where
  /// Stripe has kept a failure for the last.
  private <T> T once(String what, String key, Making<T> making) {
    try {
      return once(key, making);
    } catch (StripeException e) {
      throw refused(e).orElseGet(() -> unavailable(what, e));
    }
  }

  /// The same, with Stripe's own word where it does not make it.
  <T> T once(String key, Making<T> making) throws StripeException {
    for (int attempt = 1; ; attempt++) {
      var options =
          RequestOptions.builder()
              .setIdempotencyKey(attempt == 1 ? key : key + ":" + attempt)
              .build();
      try {
        return call(client -> making.with(client, options));
      } catch (StripeException e) {
        boolean failedInside = e.getStatusCode() != null && e.getStatusCode() >= SERVER_ERRORS;
        if (!failedInside || attempt == KEYS) {
          throw e;
        }
      }
    }
  }

  /// The problem of a call that Stripe refuses for what the caller sent.
  private static Optional<ProblemException> refused(StripeException e) {
    return e instanceof InvalidRequestException invalid
        ? Optional.ofNullable(FIELDS.get(String.valueOf(invalid.getParam())))
            .map(field ->
                ProblemException.invalid(
                    ProblemType.INVALID_INPUT,
                    List.of(new FieldError(field, "is not taken by Stripe"))))
        : Optional.empty();
  }

  /// Asks by the key of ours that Stripe took last, and by the others in turn where it takes that
  /// no more.
  <T> T call(Call<T> call) throws StripeException {
    if (clients.isEmpty()) {
      log.error("ALERT STRIPE_API_KEY is not set, and Stripe is asked");
      throw ProblemException.of(ProblemType.UNAVAILABLE, "Stripe is not configured");
    }
    int first = current.get();
    for (int i = 0; ; i++) {
      int key = (first + i) % clients.size();
      try {
        T answer = call.with(clients.get(key));
        current.set(key);
        return answer;
      } catch (AuthenticationException e) {
        if (i + 1 == clients.size()) {
          throw e;
        }
      }
    }
  }

  static ProblemException unavailable(String what, StripeException e) {
    if (e instanceof ApiConnectionException) {
      log.warn("Stripe did not answer: {}", what, e);
    } else {
      log.error("Stripe refused to {}", what, e);
    }
    return ProblemException.of(
        ProblemType.UNAVAILABLE, "Stripe does not answer; try again", Map.of("Retry-After", "5"));
  }
}

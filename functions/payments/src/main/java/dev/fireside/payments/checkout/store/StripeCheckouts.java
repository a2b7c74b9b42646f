package dev.fireside.payments.checkout.store;

import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import com.stripe.model.checkout.Session;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.billingportal.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.LineItem;
import com.stripe.param.checkout.SessionCreateParams.Mode;
import com.stripe.param.checkout.SessionCreateParams.PaymentIntentData;
import com.stripe.param.checkout.SessionCreateParams.SubscriptionData;
import dev.fireside.payments.catalogue.domain.Product;
import dev.fireside.shared.ids.Uid;
import dev.fireside.stripe.store.StripeGateway;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stripe as people buy there: customers, checkouts, subscriptions and the portal.
public final class StripeCheckouts {
  /// What callers choose of what Stripe is sent, by Stripe's name.
  private static final Map<String, String> FIELDS =
      Map.of("success_url", "successUrl", "cancel_url", "cancelUrl", "return_url", "returnUrl");

  private final StripeGateway stripe;

  public StripeCheckouts(StripeGateway stripe) {
    this.stripe = stripe;
  }

  /// A checkout to open.
  ///
  /// @param amount as Stripe counts; null to sell by the product's Stripe price
  public record CheckoutWish(
      String orderId,
      Uid uid,
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

  /// What came of asking Stripe to open something.
  public sealed interface Opening<T> {
    /// It is open.
    record Opened<T>(T what) implements Opening<T> {}

    /// Stripe does not take a field, by our name, of what the caller chose.
    record Refused<T>(String field) implements Opening<T> {}
  }

  /// A person's customers at Stripe as JSON, found by their metadata.
  public Optional<String> findCustomers(Uid uid) {
    String query = "metadata['uid']:'" + uid + "'";
    return stripe.read(
        "/v1/customers/search?limit=1&query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
  }

  /// The subscriptions of a customer as JSON, ended ones too.
  public Optional<String> subscriptions(String customer) {
    return stripe.read(
        "/v1/subscriptions?status=all&limit=100&customer="
            + URLEncoder.encode(customer, StandardCharsets.UTF_8));
  }

  /// Makes a customer for a person; the same one however often it is called.
  public String createCustomer(Uid uid) {
    var params = CustomerCreateParams.builder().putMetadata("uid", uid.value()).build();
    try {
      return stripe
          .once(
              "customer:" + uid,
              (client, options) -> client.v1().customers().create(params, options))
          .getId();
    } catch (StripeException e) {
      throw StripeGateway.unavailable("make a customer", e);
    }
  }

  /// Opens a checkout session for an order; the same one however often it is called.
  public Opening<Checkout> openCheckout(CheckoutWish wish) {
    Map<String, String> metadata =
        Map.of("uid", wish.uid().value(), "sku", wish.product().id(), "order_id", wish.orderId());
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
    return open(
        "open a checkout",
        "checkout:" + wish.orderId(),
        (client, options) ->
            checkout(client.v1().checkout().sessions().create(params.build(), options)));
  }

  private static Checkout checkout(Session session) {
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
  public Opening<String> openPortal(String customer, String returnUrl, String requestId) {
    var params =
        SessionCreateParams.builder().setCustomer(customer).setReturnUrl(returnUrl).build();
    return open(
        "open the portal",
        "portal:" + requestId,
        (client, options) ->
            client.v1().billingPortal().sessions().create(params, options).getUrl());
  }

  /// Makes a call that does no harm when a failed one was done after all, under the next key where
  /// Stripe has kept a failure for the last.
  private <T> Opening<T> open(String what, String key, StripeGateway.Making<T> making) {
    try {
      return new Opening.Opened<>(stripe.once(key, making));
    } catch (StripeException e) {
      String field =
          e instanceof InvalidRequestException invalid
              ? FIELDS.get(String.valueOf(invalid.getParam()))
              : null;
      if (field == null) {
        throw StripeGateway.unavailable(what, e);
      }
      return new Opening.Refused<>(field);
    }
  }
}

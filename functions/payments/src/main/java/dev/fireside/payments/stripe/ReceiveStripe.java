package dev.fireside.payments.stripe;

import dev.fireside.ledger.domain.Book;
import dev.fireside.payments.catalogue.store.CatalogueStore;
import dev.fireside.payments.checkout.store.OrderStore;
import dev.fireside.payments.purchases.Applied;
import dev.fireside.payments.purchases.TakeDelivery;
import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Customer;
import dev.fireside.payments.purchases.store.DeliveryStore.Delivery;
import dev.fireside.payments.vault.store.Vault;
import dev.fireside.shared.Platform;
import dev.fireside.shared.config.Config;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.InstantText;
import dev.fireside.stripe.Payload;
import dev.fireside.stripe.Secrets;
import dev.fireside.stripe.Signature;
import dev.fireside.stripe.store.StripeGateway;
import dev.fireside.stripe.store.StripeUnavailableException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes what Stripe's webhooks deliver, snapshot and thin events alike; returns when their effect
/// is committed, or they are kept.
public final class ReceiveStripe {
  /// Names Stripe among those who deliver.
  public static final String PROVIDER = "stripe";

  private static final Logger log = LoggerFactory.getLogger(ReceiveStripe.class);

  private static final String THIN = "v2.core.event";
  private static final Pattern PATH = Pattern.compile("/v[12]/[A-Za-z0-9_/.-]{1,300}");
  private static final Pattern CONNECT =
      Pattern.compile("(account|capability|transfer|person|v2\\.core\\.account)[.\\[].*");

  private static final Set<String> CARDS =
      Set.of("charge.succeeded", "charge.failed", "payment_intent.payment_failed");

  /// What moves our balance at Stripe, beside what is about purchases too.
  private static final Set<String> BALANCE =
      Set.of(
          "charge.succeeded",
          "charge.updated",
          "charge.captured",
          "payout.created",
          "payout.updated",
          "payout.paid",
          "payout.failed",
          "payout.canceled",
          "payout.reconciliation_completed");

  private final TakeDelivery deliveries;
  private final CheckoutSession session;
  private final StripeNames names;
  private final StripeGateway stripe;
  private final ConnectEvents connect;
  private final ConnectEvents cards;
  private final ConnectEvents balance;
  private final Config config;
  private final Clock clock;

  /// @param connect takes what is about creators' accounts
  /// @param cards takes what is about charges that were tried
  /// @param balance takes what moves our balance at Stripe
  public ReceiveStripe(
      Platform platform,
      TakeDelivery deliveries,
      StripeGateway stripe,
      ConnectEvents connect,
      ConnectEvents cards,
      ConnectEvents balance) {
    this.deliveries = deliveries;
    this.stripe = stripe;
    this.session =
        new CheckoutSession(
            new OrderStore(platform.documents(), platform.clock()),
            new CatalogueStore(platform.documents()),
            this::current);
    this.names =
        new StripeNames(new Vault(platform.documents(), platform.config(), platform.clock()));
    this.connect = connect;
    this.cards = cards;
    this.balance = balance;
    this.config = platform.config();
    this.clock = platform.clock();
  }

  /// Stripe's two kinds of endpoint, each with a secret of its own.
  public enum Endpoint {
    PLATFORM("stripe", "STRIPE_WEBHOOK_SECRET"),
    CONNECT("stripe-connect", "STRIPE_CONNECT_WEBHOOK_SECRET");

    private final String path;
    private final String secret;

    Endpoint(String path, String secret) {
      this.path = path;
      this.secret = secret;
    }
  }

  /// Whether there is a key to ask Stripe by.
  public boolean hasKey() {
    return stripe.isConfigured();
  }

  /// Verifies a delivery and lets it take effect. Throws a problem for one that is not Stripe's,
  /// and then nothing is written, or cannot be read; that is kept.
  public Applied receive(Request request, Endpoint endpoint) {
    List<String> secrets = Secrets.of(config, endpoint.secret);
    if (secrets.isEmpty()) {
      throw Secrets.unconfigured(endpoint.path);
    }
    Signature.verify(request.header("Stripe-Signature"), request.rawBody(), secrets, clock);
    var unread = Delivery.unread(PROVIDER, request.rawBody());
    Payload event = deliveries.read(unread, () -> Payload.of(request));
    boolean elsewhere =
        deliveries.read(
            unread,
            () ->
                endpoint == Endpoint.CONNECT && account(event) == null && !isConnect(plain(event)));
    if (elsewhere) {
      // Nothing is claimed: the endpoint that it is for has yet to take it.
      return Applied.DONE;
    }
    Delivery named =
        deliveries.read(
            unread,
            () ->
                new Delivery(
                    PROVIDER, event.id("id"), event.id("type"), Vault.HOUSE, unread.body()));
    Optional<Applied> before = deliveries.before(named);
    if (before.isPresent()) {
      return before.get();
    }
    try {
      return deliveries.take(deliveries.read(named, () -> read(event, endpoint, named)));
    } catch (StripeUnavailableException e) {
      if (stripe.isConfigured()) {
        throw e;
      }
      // Stripe would come again for some days only: it waits for a key here.
      log.error("ALERT Stripe event {} waits for STRIPE_API_KEY", named.eventId());
      return deliveries.later(named, e);
    }
  }

  private Work read(Payload event, Endpoint endpoint, Delivery delivery) {
    StripeNotice notice = notice(event, endpoint);
    Uid person = isOwn(notice.account(), endpoint) ? personOf(notice) : null;
    return work(notice, endpoint).deliveredBy(person == null ? delivery : delivery.of(person));
  }

  /// What an event asks for, whoever brought it. Throws a 400 problem for one that cannot be read.
  public Work read(Payload event, Endpoint endpoint) {
    return work(notice(event, endpoint), endpoint);
  }

  private Work work(StripeNotice notice, Endpoint endpoint) {
    // Creators' accounts can make transfers too, and name them as ours.
    boolean foreign = notice.type().startsWith("transfer.") && notice.account() != null;
    if (isConnect(notice.type()) && !foreign) {
      return connect.work(notice);
    }
    if (!isOwn(notice.account(), endpoint)) {
      // What is bought in creators' own accounts is not bought from us.
      return Work.NOTHING;
    }
    Work work = Work.NOTHING;
    if (CARDS.contains(notice.type())) {
      work = cards.work(notice);
    }
    if (StripeEvent.matters(notice.type())) {
      work = names.named(new StripeEvent(notice, session, this::current, clock).work(), notice);
    }
    return work.and(balance.work(notice));
  }

  private static boolean matters(String type) {
    return StripeEvent.matters(type) || CARDS.contains(type) || BALANCE.contains(type);
  }

  private static boolean isOwn(@Nullable String account, Endpoint endpoint) {
    return endpoint == Endpoint.PLATFORM && account == null;
  }

  private static boolean isConnect(String type) {
    return CONNECT.matcher(type).matches();
  }

  private static boolean isThin(Payload event) {
    return event.text("object").equals(THIN);
  }

  /// The type; a thin event of a resource of the first interface has its name behind a version.
  private static String plain(Payload event) {
    String type = event.id("type");
    return isThin(event) && type.startsWith("v1.") ? type.substring("v1.".length()) : type;
  }

  private static @Nullable String account(Payload event) {
    return event.optionalId(isThin(event) ? "context" : "account");
  }

  private static @Nullable Uid personOf(StripeNotice notice) {
    if (StripeEvent.matters(notice.type())) {
      return new StripeObject(notice.object(), notice.book()).person();
    }
    String named = notice.object().object("metadata").text("uid");
    return Customer.isPerson(named) ? new Uid(named) : null;
  }

  private StripeNotice notice(Payload event, Endpoint endpoint) {
    String id = event.id("id");
    String type = plain(event);
    String account = account(event);
    Book book = event.flag("livemode") ? Book.LIVE : Book.SANDBOX;
    if (!isThin(event)) {
      long at = event.has("created") ? event.seconds("created") * 1_000 : clock.millis();
      Payload object = event.object("data").object("object");
      return new StripeNotice(id, type, account, at, book, object, false);
    }
    long stated = createdAt(event);
    if (isConnect(type)) {
      // Whoever takes it reads what it is about: here it is only named.
      return new StripeNotice(
          id, type, account, stated, book, event.object("related_object"), false);
    }
    boolean matters = isOwn(account, endpoint) && matters(type);
    String url = event.object("related_object").text("url");
    long now = clock.millis();
    Optional<Payload> object = matters && !url.isEmpty() ? related(event, url) : Optional.empty();
    if (object.isPresent()) {
      // Where a purchase stands is as of now; when something happened to it, the event says.
      long at = type.startsWith("customer.subscription.") ? now : stated;
      return new StripeNotice(id, type, account, at, book, object.get(), true);
    }
    if (matters && !url.isEmpty()) {
      throw new NotYetThereException(url);
    }
    return new StripeNotice(id, type, account, stated, book, event.object("data"), false);
  }

  private static long createdAt(Payload event) {
    return InstantText.find(event.text("created"))
        .orElseThrow(() -> event.refuse("created", "is not a time"))
        .toEpochMilli();
  }

  /// A thin event names what it is about; it is read as it is now.
  private Optional<Payload> related(Payload event, String url) {
    if (!PATH.matcher(url).matches() || url.contains("..")) {
      throw event.refuse("related_object", "must be a path of Stripe's interface");
    }
    return stripe.read(url).map(Payload::of);
  }

  private Optional<Payload> current(String path) {
    return stripe.isConfigured() ? stripe.read(path).map(Payload::of) : Optional.empty();
  }
}

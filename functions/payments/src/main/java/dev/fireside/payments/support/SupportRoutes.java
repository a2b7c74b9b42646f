package dev.fireside.payments.support;

import dev.fireside.payments.purchases.domain.MailAddress;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.stripe.store.StripeGateway;
import java.util.List;

/// `/api/payments/purchases`: what support asks about purchases.
public final class SupportRoutes {
  private static final int NAME_MAX = 500;
  private static final int MAIL_MAX = 320;
  private static final List<String> KEYS = List.of("uid", "order", "transaction");

  private final FindPurchases find;
  private final WhyMissing why;

  public SupportRoutes(Platform platform, StripeGateway stripe) {
    this.find = new FindPurchases(platform, stripe);
    this.why = new WhyMissing(platform, find);
  }

  /// Adds the routes.
  public void addTo(HttpApp app) {
    app.route("GET", "/api/payments/purchases", Access.MODERATOR, this::find)
        .route("POST", "/api/payments/purchases/by-email", Access.MODERATOR, this::findByMail)
        .route("GET", "/api/payments/users/{uid}/missing", Access.MODERATOR, this::missing);
  }

  private Response find(Request request) {
    List<String> given =
        KEYS.stream().filter(key -> request.query(key, NAME_MAX).isPresent()).toList();
    if (given.size() != 1) {
      throw Request.invalidQuery(
          given.isEmpty() ? "uid" : given.getLast(),
          "exactly one of uid, order and transaction must be given");
    }
    String key = given.getFirst();
    String what = request.query(key, NAME_MAX).orElseThrow();
    if (key.equals("uid")) {
      if (!Uid.isValid(what)) {
        throw Request.invalidQuery("uid", "is no user id");
      }
      return request.list(
          "purchases-of:" + what,
          FindPurchases.SHEET,
          (after, limit) -> find.of(new Uid(what), after, limit));
    }
    return request.list(
        "purchases-named:" + what,
        FindPurchases.SHEET,
        (after, limit) -> find.named(what, after, limit));
  }

  /// An address goes in a body: the addresses of requests are logged on their way.
  private Response findByMail(Request request) {
    String address =
        request.body(input -> {
          String text = input.text("email", 3, MAIL_MAX);
          if (!text.isEmpty() && MailAddress.normalised(text).isEmpty()) {
            input.reject("email", "must be an address such as ada@example.com");
          }
          return text;
        });
    return request.list(
        "purchases-mailed:" + address,
        FindPurchases.SHEET,
        (after, limit) -> find.mailedTo(address, after, limit));
  }

  private Response missing(Request request) {
    String name = request.query("transaction", NAME_MAX).orElse(null);
    return Response.ok(why.of(request.uid("uid"), name));
  }
}

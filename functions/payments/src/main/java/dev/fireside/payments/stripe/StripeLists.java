package dev.fireside.payments.stripe;

import dev.fireside.stripe.Payload;
import dev.fireside.stripe.store.StripeGateway;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads lists of Stripe's whole, page by page.
public final class StripeLists {
  private static final Logger log = LoggerFactory.getLogger(StripeLists.class);

  private static final int PAGES_MAX = 1_000;

  private StripeLists() {}

  /// All of a list, as Stripe orders it: the newest first.
  ///
  /// @param path with a query that says `limit=100`
  public static List<Payload> all(StripeGateway stripe, String path) {
    var all = new ArrayList<Payload>();
    String after = "";
    for (int i = 0; i < PAGES_MAX; i++) {
      Payload page = Payload.of(stripe.read(path + after).orElse("{}"));
      List<Payload> found = page.objects("data");
      all.addAll(found);
      if (!page.flag("has_more") || found.isEmpty()) {
        return all;
      }
      after = "&starting_after=" + found.getLast().id("id");
    }
    log.error("ALERT {} is longer than is read of it", path);
    return all;
  }
}

package dev.fireside.payments.stripe;

import dev.fireside.payments.purchases.Work;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.MailAddress;
import dev.fireside.payments.vault.store.Vault;
import dev.fireside.stripe.Payload;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// What a purchase at Stripe can be found by: the ids and the addresses in what an event is about.
final class StripeNames {
  private static final List<String> IDS =
      List.of("id", "payment_intent", "charge", "latest_charge", "invoice", "number");

  private final Vault vault;

  StripeNames(Vault vault) {
    this.vault = vault;
  }

  /// The work of an event, with the names of the purchases that it is about.
  Work named(Work work, StripeNotice notice) {
    List<Fact> facts = facts(notice);
    Work named = work;
    for (var key : work.facts().keySet()) {
      named =
          named.with(
              key,
              facts.stream()
                  .filter(
                      fact -> !(fact instanceof Fact.Known known && known.name().equals(key.id())))
                  .toList());
    }
    return named;
  }

  private List<Fact> facts(StripeNotice notice) {
    Payload object = notice.object();
    var facts = new ArrayList<Fact>();
    for (String name : names(notice)) {
      facts.add(new Fact.Known(notice.id(), notice.at(), name));
    }
    for (String address : mails(object)) {
      facts.add(new Fact.Mailed(notice.id(), notice.at(), vault.blindIndex(Vault.MAIL, address)));
    }
    return facts;
  }

  private static Set<String> names(StripeNotice notice) {
    Payload object = notice.object();
    var names = new LinkedHashSet<String>();
    for (String field : IDS) {
      String id = object.usableId(field);
      if (id != null) {
        names.add(id);
      }
    }
    // Of a subscription it stands further inside of its invoices.
    String order = new StripeObject(object, notice.book()).metadata("order_id");
    if (order != null) {
      names.add(order);
    }
    return names;
  }

  private static Set<String> mails(Payload object) {
    var mails = new LinkedHashSet<String>();
    List.of(
            object.object("customer_details").text("email"),
            object.text("customer_email"),
            object.text("receipt_email"),
            object.object("billing_details").text("email"))
        .forEach(address -> MailAddress.normalised(address).ifPresent(mails::add));
    return mails;
  }
}

package dev.fireside.payments.support;

/// Where the way of a purchase ended, and what to do next.
enum Cause {
  /// A delivery came that could not take effect yet.
  KEPT(
      "It takes effect by itself, and is tried again every hour. Older than two hours: look for"
          + " ALERT with its event in the logs, and send it again from the provider's console"),
  /// A delivery came that could not be read.
  REFUSED(
      "It never takes effect as it is. Mend what the reason names, then send the event again from"
          + " the provider's console"),
  /// A checkout was opened and not paid.
  UNPAID(
      "Nothing was paid. They can open a new checkout; a payment that is under way reports itself"),
  /// A checkout was paid, and nothing of the purchase came.
  PAID_ONLY(
      "The invoice or payment has not come. Reconciliation reads Stripe again every hour; older"
          + " than that: send invoice.paid again from Stripe's console"),
  /// Something was said of a purchase that itself never came.
  NO_SALE(
      "What was bought never came. Reconciliation reads the providers again every hour; older than"
          + " that: send the event of the purchase again from the provider's console"),
  /// The catalogue does not know what was bought.
  WAITS_FOR_PRODUCT(
      "PUT /api/catalogue/{product} with the store's id among its names: it is granted at once"),
  /// Nobody knows whose it is.
  WAITS_FOR_PERSON(
      "It is granted as soon as the customer signs in or transfers it; where you know whose it is:"
          + " POST /api/payments/waiting/{id}/person"),
  /// What it waited for is known by now.
  TO_SETTLE(
      "It is about to be granted; else write the product again by PUT /api/catalogue/{product}"),
  /// Somebody else got it.
  SOMEBODY_ELSES(
      "One receipt is granted once, to whom it was reported for first. Decide the case about"
          + " sharing it, if there is one; a subscription moves by a transfer at the store"),
  /// It was bought in a store's sandbox.
  SANDBOX("Test purchases stand in the books of the sandbox and give nothing"),
  /// A case holds it.
  HELD("Decide the case: POST /api/reviews/{id}/claim, then /decision"),
  /// A dispute holds it.
  DISPUTED("The bank decides the dispute: a win gives it back by itself"),
  /// It was taken back by a decision, or because nobody decided in time.
  DENIED("The case says who decided and why. A mistake: an admin grants it by hand, with a reason"),
  /// All of the money went back.
  REFUNDED("The money went back, and what it bought with it. Nothing is due"),
  /// A part of the money went back.
  PARTLY_REFUNDED(
      "A part of the money went back, and as large a part of the units. Nothing is due"),
  /// The bank took the money back.
  DISPUTE_LOST("The bank took the money back, and what it bought went with it. Nothing is due"),
  /// It paid what they owed.
  PAID_DEBT("They had spent what was taken back before; these units paid that off. Nothing is due"),
  /// The product gives no units.
  NO_UNITS(
      "The catalogue gives no units for it, or it is a change of plan within a period, which gives"
          + " none. Look at GET /api/catalogue/{product}"),
  /// All was given.
  GRANTED(
      "All was given. What is gone since, they spent: GET /api/inventory/players/{uid}/history"),
  /// Nothing is known.
  NOTHING(
      "Nothing came. Ask for the order or the address of the receipt, and look by these; what a"
          + " lost webhook would have brought, reconciliation finds within the hour");

  private final String todo;

  Cause(String todo) {
    this.todo = todo;
  }

  /// What to do next, in plain words.
  String todo() {
    return todo;
  }
}

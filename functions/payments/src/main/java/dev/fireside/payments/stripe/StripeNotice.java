package dev.fireside.payments.stripe;

import dev.fireside.ledger.domain.Book;
import dev.fireside.stripe.Payload;
import org.jspecify.annotations.Nullable;

/// What Stripe reports with an event, whatever its form was.
///
/// @param id the event's id
/// @param type such as `invoice.paid`, without the version that thin events put before it
/// @param account the connected account it happened in; null for our own
/// @param at when it happened, in milliseconds
/// @param book real or test mode
/// @param object what it is about: of a thin event as it is now, else as it was then
/// @param current whether `object` was read from Stripe just now
public record StripeNotice(
    String id,
    String type,
    @Nullable String account,
    long at,
    Book book,
    Payload object,
    boolean current) {}

package dev.fireside.payments.fraud.domain;

import dev.fireside.ledger.domain.Book;
import org.jspecify.annotations.Nullable;

/// What is known when a transaction is judged.
///
/// @param book real or sandbox
/// @param sandboxAllowed whether its buyer may test here with a store's sandbox
/// @param user purchases of the person; null where nobody can count
/// @param failures failed payments of the person; null where nobody can count
/// @param device purchases from the device; null where nobody can count; nothing where it is not
///   known
/// @param bought receipts of the person before this one
/// @param refunded how many of these were taken back
/// @param holders how many people have held the purchase
public record Signals(
    Book book,
    boolean sandboxAllowed,
    @Nullable Velocity user,
    @Nullable Velocity failures,
    @Nullable Velocity device,
    long bought,
    long refunded,
    int holders) {}

package dev.fireside.stripe;

import org.jspecify.annotations.Nullable;

/// What Stripe's webhooks bring about creators' accounts and the transfers to them, as the message
/// that hands it on: what it is about, and hardly what it said. Messages come in any order and more
/// than once, so whoever takes one asks Stripe how things are.
///
/// @param event Stripe's id of the event
/// @param type such as `transfer.created`, without the version that thin events put before it
/// @param at when it happened, in milliseconds
/// @param live real or test mode
/// @param account the connected account it happened in; null for our own
/// @param object Stripe's id of what it is about; null where the event does not say
/// @param bank fingerprint, else id, of the bank account that it is about; null for none
public record ConnectNotice(
    String event,
    String type,
    long at,
    boolean live,
    @Nullable String account,
    @Nullable String object,
    @Nullable String bank) {
  /// The topic of these messages.
  public static final String TOPIC = "payouts-stripe-notices";
}

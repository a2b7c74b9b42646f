/// The rules of purchases and entitlements, in plain Java: what is owed to whom is a function of
/// facts.
@NullMarked
package dev.fireside.payments.purchases.domain;

import org.jspecify.annotations.NullMarked;

/// The one transaction in which facts take effect: journal, balances, entitlements, inventory and
/// receipts together.
@NullMarked
package dev.fireside.payments.effects;

import org.jspecify.annotations.NullMarked;

/// The keys of people's data, and the only place that encrypts by them.
@NullMarked
package dev.fireside.payments.vault.store;

import org.jspecify.annotations.NullMarked;

/// The rules of payments, without any service.
@NullMarked
package dev.fireside.payments.purchases.domain;

import org.jspecify.annotations.NullMarked;

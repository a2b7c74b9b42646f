/// The rules of payments, without any service.
@NullMarked
package dev.fireside.payments.domain;

import org.jspecify.annotations.NullMarked;

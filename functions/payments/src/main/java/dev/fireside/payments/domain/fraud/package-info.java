/// The rules of doubt: which purchases are granted, looked at, held back or denied.
@NullMarked
package dev.fireside.payments.domain.fraud;

import org.jspecify.annotations.NullMarked;

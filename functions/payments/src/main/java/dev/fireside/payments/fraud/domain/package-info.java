/// The rules of doubt: which purchases are granted, looked at, held back or denied.
@NullMarked
package dev.fireside.payments.fraud.domain;

import org.jspecify.annotations.NullMarked;

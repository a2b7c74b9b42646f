@NullMarked
package dev.fireside.payments.domain.fraud;

import org.jspecify.annotations.NullMarked;

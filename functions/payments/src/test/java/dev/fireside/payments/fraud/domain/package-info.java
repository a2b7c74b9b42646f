@NullMarked
package dev.fireside.payments.fraud.domain;

import org.jspecify.annotations.NullMarked;

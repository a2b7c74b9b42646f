@NullMarked
package dev.fireside.payouts.domain;

import org.jspecify.annotations.NullMarked;

/// What support and finance ask: what waits, who bought what, what was earned where.
@NullMarked
package dev.fireside.payments.finance;

import org.jspecify.annotations.NullMarked;

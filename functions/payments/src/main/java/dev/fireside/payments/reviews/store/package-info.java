/// How far decisions are, and the calls that give money back.
@NullMarked
package dev.fireside.payments.reviews.store;

import org.jspecify.annotations.NullMarked;

/// Payments: what people buy and get. Each folder is a feature; this one puts them together.
@NullMarked
package dev.fireside.payments;

import org.jspecify.annotations.NullMarked;

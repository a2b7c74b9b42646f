/// What several functions need of Stripe, and of what is made like it: strict reading of what it
/// sends, signatures, secrets that are rotated.
@NullMarked
package dev.fireside.stripe;

import org.jspecify.annotations.NullMarked;

/// How products are kept.
@NullMarked
package dev.fireside.payments.catalogue.store;

import org.jspecify.annotations.NullMarked;

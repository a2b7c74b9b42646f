/// What a product is.
@NullMarked
package dev.fireside.payments.catalogue.domain;

import org.jspecify.annotations.NullMarked;

/// How a doubt is decided: who may, when, and what becomes of it if nobody does.
@NullMarked
package dev.fireside.payments.reviews.domain;

import org.jspecify.annotations.NullMarked;

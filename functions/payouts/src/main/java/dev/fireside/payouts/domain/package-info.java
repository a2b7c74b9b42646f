/// The rules of creators' earnings: how a pool is shared, when it is paid, and to whom.
@NullMarked
package dev.fireside.payouts.domain;

import org.jspecify.annotations.NullMarked;

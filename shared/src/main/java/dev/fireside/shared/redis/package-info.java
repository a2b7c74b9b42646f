/// Redis as derived state: one client for a node or a cluster, batches, scripts, locks, a circuit
/// breaker.
@NullMarked
package dev.fireside.shared.redis;

import org.jspecify.annotations.NullMarked;

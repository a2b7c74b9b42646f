/// Rate limits shared by all instances over Redis.
@NullMarked
package dev.fireside.shared.limits;

import org.jspecify.annotations.NullMarked;

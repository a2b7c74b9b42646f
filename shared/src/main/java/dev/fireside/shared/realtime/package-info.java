/// The Realtime Database over REST: what must reach clients at once.
@NullMarked
package dev.fireside.shared.realtime;

import org.jspecify.annotations.NullMarked;

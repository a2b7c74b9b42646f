/// What stands in front of the functions on this machine only: counts of calls, and `/_local`.
@NullMarked
package dev.fireside.emulator.gateway;

import org.jspecify.annotations.NullMarked;

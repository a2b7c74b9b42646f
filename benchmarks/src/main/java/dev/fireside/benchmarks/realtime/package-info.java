/// `./benchmarks/realtime`: a chat room in our local Realtime Database and on Socket.IO.
@NullMarked
package dev.fireside.benchmarks.realtime;

import org.jspecify.annotations.NullMarked;

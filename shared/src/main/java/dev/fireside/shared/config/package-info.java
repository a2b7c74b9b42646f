/// Settings of a process: read once from the environment, typed, checked at start.
@NullMarked
package dev.fireside.shared.config;

import org.jspecify.annotations.NullMarked;

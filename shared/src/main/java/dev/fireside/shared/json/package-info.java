/// JSON as the whole project reads and writes it.
@NullMarked
package dev.fireside.shared.json;

import org.jspecify.annotations.NullMarked;

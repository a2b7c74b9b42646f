/// Rules for what people write: texts that can be seen, addresses that can be opened.
@NullMarked
package dev.fireside.shared.text;

import org.jspecify.annotations.NullMarked;

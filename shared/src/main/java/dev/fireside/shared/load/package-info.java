/// How much is done at once, for whom and until when: what keeps an overloaded process answering.
@NullMarked
package dev.fireside.shared.load;

import org.jspecify.annotations.NullMarked;

/// Public identifiers: ULIDs, and the document names made from them.
@NullMarked
package dev.fireside.shared.ids;

import org.jspecify.annotations.NullMarked;

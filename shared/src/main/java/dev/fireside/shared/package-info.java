/// The common library of all functions: mechanisms, never business.
@NullMarked
package dev.fireside.shared;

import org.jspecify.annotations.NullMarked;

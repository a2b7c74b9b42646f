/// The keys that people's data is encrypted by: rotation, and deletion with the person.
@NullMarked
package dev.fireside.payments.vault;

import org.jspecify.annotations.NullMarked;

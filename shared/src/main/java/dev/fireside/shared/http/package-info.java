/// HTTP functions: routes, typed input, problems, cursors, idempotency keys and the filters around
/// them.
@NullMarked
package dev.fireside.shared.http;

import org.jspecify.annotations.NullMarked;

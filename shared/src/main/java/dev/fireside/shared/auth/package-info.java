/// Who calls: verified Firebase ID tokens, roles and what each route asks for.
@NullMarked
package dev.fireside.shared.auth;

import org.jspecify.annotations.NullMarked;

/// The rules of uploads, in plain Java.
@NullMarked
package dev.fireside.uploads.sessions.domain;

import org.jspecify.annotations.NullMarked;

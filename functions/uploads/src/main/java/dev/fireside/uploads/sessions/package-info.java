/// Uploads: sessions that clients send bytes by, and what is made sure of afterwards.
@NullMarked
package dev.fireside.uploads.sessions;

import org.jspecify.annotations.NullMarked;

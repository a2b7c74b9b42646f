/// Where uploads and their quotas are kept.
@NullMarked
package dev.fireside.uploads.sessions.store;

import org.jspecify.annotations.NullMarked;

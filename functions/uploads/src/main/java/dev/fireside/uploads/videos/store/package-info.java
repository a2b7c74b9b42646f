/// Where videos are kept.
@NullMarked
package dev.fireside.uploads.videos.store;

import org.jspecify.annotations.NullMarked;

/// Addresses: of objects for a while, and of playlists for a viewer.
@NullMarked
package dev.fireside.uploads.links;

import org.jspecify.annotations.NullMarked;

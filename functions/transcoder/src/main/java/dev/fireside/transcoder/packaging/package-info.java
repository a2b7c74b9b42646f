/// Playlists of HLS and the manifest of DASH, written from what is in the files and not from what
/// was asked for.
@NullMarked
package dev.fireside.transcoder.packaging;

import org.jspecify.annotations.NullMarked;

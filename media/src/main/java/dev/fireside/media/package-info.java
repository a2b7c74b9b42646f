/// Media as uploads and the transcoder must see them alike.
@NullMarked
package dev.fireside.media;

import org.jspecify.annotations.NullMarked;

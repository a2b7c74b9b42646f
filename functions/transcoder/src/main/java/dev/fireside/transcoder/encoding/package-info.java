/// What ffmpeg is asked for.
@NullMarked
package dev.fireside.transcoder.encoding;

import org.jspecify.annotations.NullMarked;

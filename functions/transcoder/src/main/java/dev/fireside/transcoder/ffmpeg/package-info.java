/// ffmpeg and ffprobe as child processes: where they are, what they may, and what they say.
@NullMarked
package dev.fireside.transcoder.ffmpeg;

import org.jspecify.annotations.NullMarked;

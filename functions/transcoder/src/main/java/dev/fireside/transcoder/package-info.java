/// Makes of a clip, an image or a sound what players and pages are served: one execution of the job
/// does one of them.
@NullMarked
package dev.fireside.transcoder;

import org.jspecify.annotations.NullMarked;

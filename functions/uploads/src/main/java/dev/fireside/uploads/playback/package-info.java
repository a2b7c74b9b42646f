/// How videos are played: lists with signed addresses, and where these lead.
@NullMarked
package dev.fireside.uploads.playback;

import org.jspecify.annotations.NullMarked;

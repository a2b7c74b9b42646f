/// Game sessions: started, sent events, finished with a score.
@NullMarked
package dev.fireside.games.sessions;

import org.jspecify.annotations.NullMarked;

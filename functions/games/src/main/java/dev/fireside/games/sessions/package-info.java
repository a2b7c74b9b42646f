/// Game sessions: started, told what happens, finished with a score.
@NullMarked
package dev.fireside.games.sessions;

import org.jspecify.annotations.NullMarked;

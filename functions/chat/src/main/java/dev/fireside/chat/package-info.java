/// Direct and group messages, live at their readers.
@NullMarked
package dev.fireside.chat;

import org.jspecify.annotations.NullMarked;

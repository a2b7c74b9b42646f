/// Chats, their members and their messages.
@NullMarked
package dev.fireside.chat.domain;

import org.jspecify.annotations.NullMarked;

/// Chats on the real local cloud; `*IT` each have a project of their own.
package dev.fireside.chat;

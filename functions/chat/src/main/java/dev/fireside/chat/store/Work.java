package dev.fireside.chat.store;

import dev.fireside.chat.domain.Chat;
import dev.fireside.chat.domain.Message;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A change of a chat that somebody waits for.
///
/// @param <R> what it results in
final class Work<R> implements Lanes.Wish {
  private final @Nullable String key;
  private final ChatStore.Change<R> change;
  private @Nullable R result;
  private @Nullable RuntimeException failure;
  private volatile boolean done;

  /// @param key of the message that it sends; null for none
  Work(@Nullable String key, ChatStore.Change<R> change) {
    this.key = key;
    this.change = change;
  }

  @Nullable String key() {
    return key;
  }

  /// What a chat becomes by it; the same one where it is refused. May be asked again.
  @Nullable Chat attempt(@Nullable Chat chat, Map<String, Message> kept) {
    failure = null;
    try {
      ChatStore.Changed<R> changed =
          change.apply(chat, Optional.ofNullable(key == null ? null : kept.get(key)));
      result = changed.result();
      return changed.chat();
    } catch (RuntimeException e) {
      failure = e;
      return chat;
    }
  }

  /// It stands as it was last attempted.
  void finish() {
    done = true;
  }

  void fail(RuntimeException e) {
    failure = e;
    done = true;
  }

  @Override
  public boolean isDone() {
    return done;
  }

  /// What came of it. Throws why it was refused.
  R result() {
    RuntimeException why = failure;
    if (why != null) {
      throw why;
    }
    R value = result;
    if (value == null) {
      throw new IllegalStateException("Not done");
    }
    return value;
  }
}

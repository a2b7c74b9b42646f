package dev.fireside.shared.events;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Work in pages that goes on by message: some pages in one go, and a message to oneself for the
/// rest, so that no call outlives its deadline and a crash repeats work and loses none.
///
/// @param <T> what is worked on, as the message holds it
public final class Continuation<T> {
  private final Consumer<T> next;
  private final int pagesMax;
  private final Predicate<T> page;

  /// @param topic the topic whose function calls [#run] again
  /// @param pagesMax pages in one go
  /// @param page does one page, harmlessly when it is repeated, and reports whether there may be
  ///   more
  public Continuation(Topics topics, String topic, int pagesMax, Predicate<T> page) {
    this(rest -> topics.publish(topic, rest), pagesMax, page);
  }

  Continuation(Consumer<T> next, int pagesMax, Predicate<T> page) {
    this.next = next;
    this.pagesMax = pagesMax;
    this.page = page;
  }

  /// Does pages, and sees to the rest.
  ///
  /// @return whether all is done; otherwise a message is under way
  @CanIgnoreReturnValue
  public boolean run(T work) {
    for (int done = 0; done < pagesMax; done++) {
      if (!page.test(work)) {
        return true;
      }
    }
    next.accept(work);
    return false;
  }
}

package dev.fireside.emulator.sample;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.Message;
import dev.fireside.shared.events.ObjectChange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/// What the sample functions saw, by project: tests run in the same process and look here.
public final class Journal {
  private static final Map<String, Journal> BY_PROJECT = new ConcurrentHashMap<>();

  public final List<DocumentChange> changes = new CopyOnWriteArrayList<>();
  public final List<DocumentChange> created = new CopyOnWriteArrayList<>();
  public final List<Message> messages = new CopyOnWriteArrayList<>();
  public final List<ObjectChange> uploads = new CopyOnWriteArrayList<>();
  public final List<ObjectChange> gone = new CopyOnWriteArrayList<>();
  public final List<Instant> ticks = new CopyOnWriteArrayList<>();
  public final AtomicInteger failuresToCome = new AtomicInteger();

  public static Journal of(Platform platform) {
    return BY_PROJECT.computeIfAbsent(platform.config().projectId(), _ -> new Journal());
  }

  public void clear() {
    changes.clear();
    created.clear();
    messages.clear();
    uploads.clear();
    gone.clear();
    ticks.clear();
    failuresToCome.set(0);
  }

  void failIfAsked() {
    if (failuresToCome.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      throw new IllegalStateException("asked to fail");
    }
  }
}

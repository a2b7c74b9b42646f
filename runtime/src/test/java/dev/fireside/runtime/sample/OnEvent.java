package dev.fireside.runtime.sample;

import com.google.cloud.functions.CloudEventsFunction;
import io.cloudevents.CloudEvent;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Keeps the ids of the events it receives, and fails for `poison`.
public final class OnEvent implements CloudEventsFunction {
  public static final List<String> IDS = new CopyOnWriteArrayList<>();

  @Override
  public void accept(CloudEvent event) {
    if (event.getId().equals("poison")) {
      throw new IllegalArgumentException("poison");
    }
    IDS.add(event.getId());
  }
}

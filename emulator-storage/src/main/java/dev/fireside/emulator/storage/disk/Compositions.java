package dev.fireside.emulator.storage.disk;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Objects made of others.
public final class Compositions {
  /// Objects in a composition, at most.
  public static final int COMPONENTS_MAX = 32;

  private Compositions() {}

  /// A part of a composition.
  ///
  /// @param generation the version that is meant; null for the one that is there
  public record Component(String object, @Nullable Long generation, Conditions conditions) {}

  /// Makes one object of several. Throws a 400 [Refusal] for none or more than [#COMPONENTS_MAX].
  public static StoredObject compose(
      Bucket bucket,
      String object,
      Attributes attributes,
      List<Component> components,
      Conditions conditions)
      throws IOException {
    if (components.isEmpty() || components.size() > COMPONENTS_MAX) {
      throw Refusal.invalid("The number of source components must be from 1 to " + COMPONENTS_MAX);
    }
    return bucket.write(
        object,
        attributes,
        draft -> {
          int count = 0;
          for (Component component : components) {
            StoredObject part = bucket.get(component.object(), component.generation());
            component.conditions().check(part);
            Integer parts = part.componentCount();
            count += parts == null ? 1 : parts;
            try (InputStream in = bucket.open(part)) {
              draft.append(in);
            }
          }
          return count;
        },
        conditions,
        Bucket.Guard.NONE);
  }

  /// Copies an object of any bucket.
  public static StoredObject copy(
      Bucket from,
      StoredObject source,
      Bucket to,
      String object,
      Attributes attributes,
      Conditions conditions)
      throws IOException {
    return to.write(
        object,
        attributes,
        draft -> {
          try (InputStream in = from.open(source)) {
            draft.append(in);
          }
          return source.componentCount();
        },
        conditions,
        Bucket.Guard.NONE);
  }
}

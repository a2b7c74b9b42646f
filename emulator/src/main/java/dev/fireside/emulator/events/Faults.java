package dev.fireside.emulator.events;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The faults in force, by function.
public final class Faults {
  /// The name that stands for every function without a fault of its own.
  public static final String ALL = "*";

  private final Map<String, Fault> byFunction = new ConcurrentHashMap<>();

  /// Puts a fault on a function, or on [#ALL], in place of the one before.
  public void set(String function, Fault fault) {
    byFunction.put(function, fault);
  }

  /// Puts a fault on every function that has none of its own.
  public void setAll(Fault fault) {
    set(ALL, fault);
  }

  /// Ends all faults.
  public void clear() {
    byFunction.clear();
  }

  /// What is in force for a function.
  public Fault of(String function) {
    Fault own = byFunction.get(function);
    return own != null ? own : byFunction.getOrDefault(ALL, Fault.NONE);
  }

  /// All that is in force.
  public Map<String, Fault> all() {
    return new TreeMap<>(byFunction);
  }
}

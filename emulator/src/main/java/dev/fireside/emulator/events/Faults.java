package dev.fireside.emulator.events;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// The faults in force, by function, and the functions whose events are held.
public final class Faults {
  /// The name that stands for every function without a fault of its own.
  public static final String ALL = "*";

  private final Map<String, Fault> byFunction = new ConcurrentHashMap<>();
  private final Set<String> holding = new HashSet<>();
  private final List<Runnable> held = new ArrayList<>();

  /// Puts a fault on a function, or on [#ALL], in place of the one before.
  public void set(String function, Fault fault) {
    byFunction.put(function, fault);
  }

  /// Puts a fault on every function that has none of its own.
  public void setAll(Fault fault) {
    set(ALL, fault);
  }

  /// Keeps what comes for a function, or for [#ALL], from now until [#release].
  public synchronized void hold(String function) {
    holding.add(function);
  }

  /// Keeps all that comes from now until [#release].
  public void holdAll() {
    hold(ALL);
  }

  /// Lets what is held go on its way, in the order in which it came.
  public void release() {
    List<Runnable> released;
    synchronized (this) {
      holding.clear();
      released = List.copyOf(held);
      held.clear();
    }
    released.forEach(Runnable::run);
  }

  /// Runs a delivery to a function, now or when it is no longer held.
  void pass(String function, Runnable delivery) {
    synchronized (this) {
      if (holding.contains(function) || holding.contains(ALL)) {
        held.add(delivery);
        return;
      }
    }
    delivery.run();
  }

  /// Ends all faults, and releases what is held.
  public void clear() {
    byFunction.clear();
    release();
  }

  /// Ends all faults, and drops what is held.
  public void drop() {
    byFunction.clear();
    synchronized (this) {
      holding.clear();
      held.clear();
    }
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

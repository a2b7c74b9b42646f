package dev.fireside.emulator.events;

import java.time.Duration;

/// What goes wrong with the events of a function.
///
/// @param duplicates how many more times each event is delivered
/// @param delay how long each event is held back
/// @param reorderWindow events that arrive within it are delivered shuffled; zero for none
/// @param failAnswers how many first answers to each event count as failures, whatever they are:
///   the function has done its work and is asked again
/// @param failDeliveries how many first deliveries of each event fail before they reach the
///   function
public record Fault(
    int duplicates, Duration delay, Duration reorderWindow, int failAnswers, int failDeliveries) {
  private static final int COUNT_MAX = 100;
  private static final Duration DURATION_MAX = Duration.ofMinutes(10);

  /// Nothing goes wrong.
  public static final Fault NONE = new Fault(0, Duration.ZERO, Duration.ZERO, 0, 0);

  /// Throws [IllegalArgumentException] outside the limits.
  public Fault {
    checkCount("duplicates", duplicates);
    checkCount("failAnswers", failAnswers);
    checkCount("failDeliveries", failDeliveries);
    checkDuration("delay", delay);
    checkDuration("reorderWindow", reorderWindow);
  }

  private static void checkCount(String name, int value) {
    if (value < 0 || value > COUNT_MAX) {
      throw new IllegalArgumentException(name + " must be from 0 to " + COUNT_MAX);
    }
  }

  private static void checkDuration(String name, Duration value) {
    if (value.isNegative() || value.compareTo(DURATION_MAX) > 0) {
      throw new IllegalArgumentException(name + " must be from 0 to " + DURATION_MAX);
    }
  }

  /// Each event comes `times` more times.
  public static Fault duplicate(int times) {
    return new Fault(times, Duration.ZERO, Duration.ZERO, 0, 0);
  }

  /// Each event comes late.
  public static Fault delay(Duration by) {
    return new Fault(0, by, Duration.ZERO, 0, 0);
  }

  /// Events that arrive within the window come shuffled.
  public static Fault reorder(Duration window) {
    return new Fault(0, Duration.ZERO, window, 0, 0);
  }

  /// The first answers to each event are lost, and it comes again.
  public static Fault loseAnswers(int first) {
    return new Fault(0, Duration.ZERO, Duration.ZERO, first, 0);
  }

  /// The first deliveries of each event do not arrive.
  public static Fault loseDeliveries(int first) {
    return new Fault(0, Duration.ZERO, Duration.ZERO, 0, first);
  }
}

package dev.fireside.emulator;

import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Trigger;

/// How a function does.
///
/// @param name its name
/// @param module the module it belongs to
/// @param trigger what calls it
/// @param invocations calls that were answered, redeliveries too
/// @param failures calls answered with 5xx
/// @param retries deliveries of events after the first
/// @param queued events not done with
/// @param deadLetters events given up
public record FunctionStatus(
    String name,
    String module,
    String trigger,
    long invocations,
    long failures,
    long retries,
    int queued,
    int deadLetters) {

  /// The kind of a function's trigger.
  static String kind(EntryPoint entry) {
    return switch (entry.trigger()) {
      case Trigger.Http _ -> "http";
      case Trigger.FirestoreDocument _ -> "firestore";
      case Trigger.RealtimeRef _ -> "rtdb";
      case Trigger.Account _ -> "auth";
      case Trigger.StorageObject _ -> "storage";
      case Trigger.PubSub _ -> "pubsub";
      case Trigger.Schedule _ -> "schedule";
    };
  }

  /// What calls a function, in a few words.
  static String trigger(EntryPoint entry) {
    return switch (entry.trigger()) {
      case Trigger.Http http -> String.join(", ", http.paths());
      case Trigger.FirestoreDocument document -> document.document() + " " + document.event();
      case Trigger.RealtimeRef ref -> ref.ref() + " " + ref.event();
      case Trigger.Account account -> "account " + account.event();
      case Trigger.StorageObject object -> "bucket " + object.bucket() + " " + object.event();
      case Trigger.PubSub message -> "topic " + message.topic();
      case Trigger.Schedule schedule -> schedule.cron() + " " + schedule.timeZone();
    };
  }
}

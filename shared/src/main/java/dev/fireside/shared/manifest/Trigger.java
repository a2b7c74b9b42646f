package dev.fireside.shared.manifest;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What calls an entry point.
public sealed interface Trigger {

  /// HTTPS requests below the path prefixes; a prefix belongs to exactly one function.
  record Http(List<String> paths) implements Trigger {
    public Http {
      paths = List.copyOf(paths);
    }
  }

  /// Writes to Firestore documents that match a pattern like `posts/{id}`.
  ///
  /// @param event `created`, `updated`, `deleted` or `written`
  record FirestoreDocument(String document, String event) implements Trigger {
    /// The CloudEvents type, as Eventarc names it.
    public String eventType() {
      return "google.cloud.firestore.document.v1." + event;
    }
  }

  /// Writes to the Realtime Database that change what is at a path like `status/{uid}`; written
  /// there, above or below.
  ///
  /// @param event `created`, `updated`, `deleted` or `written`
  /// @param instance the name of one database; null for all
  record RealtimeRef(String ref, String event, @Nullable String instance) implements Trigger {
    /// The CloudEvents type, as Eventarc names it.
    public String eventType() {
      return "google.firebase.database.ref.v1." + event;
    }
  }

  /// Changes of accounts of Firebase Auth.
  ///
  /// @param event `deleted`
  record Account(String event) implements Trigger {
    /// The CloudEvents type, as Eventarc names it.
    public String eventType() {
      return "google.firebase.auth.user.v2." + event;
    }
  }

  /// Changes of objects of Cloud Storage.
  ///
  /// @param bucket which of the project's buckets, `uploads` or `media`: each project has its own
  ///   names for them
  /// @param event `finalized`, `deleted`, `archived` or `metadataUpdated`
  record StorageObject(String bucket, String event) implements Trigger {
    /// The CloudEvents type, as Eventarc names it.
    public String eventType() {
      return "google.cloud.storage.object.v1." + event;
    }
  }

  /// Messages of a Pub/Sub topic.
  record PubSub(String topic) implements Trigger {}

  /// Times of a cron expression of five fields, as Cloud Scheduler reads it.
  record Schedule(String cron, ZoneId timeZone) implements Trigger {}
}

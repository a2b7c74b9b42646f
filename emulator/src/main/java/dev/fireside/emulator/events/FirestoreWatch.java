package dev.fireside.emulator.events;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.InstantiatingGrpcChannelProvider;
import com.google.api.gax.rpc.BidiStream;
import com.google.api.gax.rpc.FixedHeaderProvider;
import com.google.cloud.firestore.v1.FirestoreClient;
import com.google.cloud.firestore.v1.FirestoreSettings;
import com.google.firestore.v1.Document;
import com.google.firestore.v1.ListenRequest;
import com.google.firestore.v1.ListenResponse;
import com.google.firestore.v1.StructuredQuery.CollectionSelector;
import com.google.firestore.v1.Target;
import com.google.firestore.v1.TargetChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Learns of writes from an emulator that was started by somebody else, and so posts its events to
/// somebody else or to nobody: listens to collections, as a client does.
///
/// Several writes to a document in quick succession may be seen as one. What the emulator posts to
/// us itself is better; this is for those who run Firebase's emulator suite and like its pages.
final class FirestoreWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FirestoreWatch.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration START_LIMIT = Duration.ofSeconds(20);

  private final String database;
  private final List<String> collections;
  private final Consumer<Change> changed;
  private final FirestoreClient client;
  private final List<View> views;
  private final CountDownLatch allCurrent = new CountDownLatch(1);
  private volatile boolean closed;

  /// A document that changed.
  ///
  /// @param before null for one that was created
  /// @param after null for one that was deleted
  record Change(@Nullable Document before, @Nullable Document after) {}

  /// @param collections names of the collections to listen to, wherever they are
  /// @param changed receives each change; not in the order of commits where collections differ
  FirestoreWatch(
      String address, String projectId, Set<String> collections, Consumer<Change> changed) {
    this.database = "projects/" + projectId + "/databases/(default)";
    this.collections = List.copyOf(collections);
    this.changed = changed;
    this.views = this.collections.stream().map(_ -> new View()).toList();
    this.client = connect(address, database);
    Thread.ofVirtual().name("watch-" + projectId).start(this::keepListening);
  }

  private static FirestoreClient connect(String address, String database) {
    try {
      return FirestoreClient.create(
          FirestoreSettings.newBuilder()
              .setCredentialsProvider(NoCredentialsProvider.create())
              .setHeaderProvider(
                  FixedHeaderProvider.create(
                      "authorization",
                      "Bearer owner",
                      // Without it the emulator does not know whom a stream is for.
                      "google-cloud-resource-prefix",
                      database))
              .setTransportChannelProvider(
                  InstantiatingGrpcChannelProvider.newBuilder()
                      .setEndpoint(address)
                      .setChannelConfigurator(channel -> channel.usePlaintext())
                      .build())
              .build());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns when every collection has been seen as it is: what is written from then on is
  /// reported.
  void awaitCurrent() {
    try {
      if (!allCurrent.await(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException(
            "The Firestore emulator has not answered after " + START_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while waiting for Firestore", e);
    }
  }

  private void keepListening() {
    while (!closed) {
      try {
        listen();
      } catch (RuntimeException e) {
        if (!closed) {
          log.warn("Listening to the Firestore emulator failed; it is tried again", e);
        }
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void listen() {
    BidiStream<ListenRequest, ListenResponse> stream = client.listenCallable().call();
    for (int i = 0; i < collections.size(); i++) {
      stream.send(request(i + 1, collections.get(i)));
    }
    for (ListenResponse response : stream) {
      take(response);
    }
  }

  private ListenRequest request(int target, String collection) {
    var query = Target.QueryTarget.newBuilder().setParent(database + "/documents");
    query
        .getStructuredQueryBuilder()
        .addFrom(
            CollectionSelector.newBuilder().setCollectionId(collection).setAllDescendants(true));
    return ListenRequest.newBuilder()
        .setDatabase(database)
        .setAddTarget(Target.newBuilder().setTargetId(target).setQuery(query))
        .build();
  }

  private void take(ListenResponse response) {
    switch (response.getResponseTypeCase()) {
      case TARGET_CHANGE -> take(response.getTargetChange());
      case DOCUMENT_CHANGE -> {
        var change = response.getDocumentChange();
        for (int target : change.getTargetIdsList()) {
          views.get(target - 1).written(change.getDocument());
        }
      }
      case DOCUMENT_DELETE ->
          views.forEach(view -> view.gone(response.getDocumentDelete().getDocument()));
      case DOCUMENT_REMOVE ->
          views.forEach(view -> view.gone(response.getDocumentRemove().getDocument()));
      case FILTER, RESPONSETYPE_NOT_SET -> {
        // Counts, to find out what was missed while a client was away: we compare all anyway.
      }
    }
  }

  private void take(TargetChange change) {
    for (int target : change.getTargetIdsList()) {
      switch (change.getTargetChangeType()) {
        case ADD, RESET -> views.get(target - 1).startOver();
        case CURRENT -> views.get(target - 1).complete();
        case NO_CHANGE, REMOVE, UNRECOGNIZED -> {
          // Nothing to see.
        }
      }
    }
    if (views.stream().allMatch(view -> view.everComplete)) {
      allCurrent.countDown();
    }
  }

  /// What is known of one collection.
  ///
  /// After most writes the emulator starts over: sends all documents again, and then says that this
  /// is all. What was deleted is what is missing then.
  private final class View {
    private Map<String, Document> known = new HashMap<>();
    private @Nullable Map<String, Document> incoming;
    private boolean everComplete;

    void startOver() {
      incoming = new HashMap<>();
    }

    void written(Document document) {
      if (incoming != null) {
        incoming.put(document.getName(), document);
      } else {
        report(known.put(document.getName(), document), document);
      }
    }

    void gone(String name) {
      if (incoming != null) {
        incoming.remove(name);
      } else {
        report(known.remove(name), null);
      }
    }

    void complete() {
      Map<String, Document> before = known;
      Map<String, Document> after = incoming;
      incoming = null;
      if (after == null) {
        return;
      }
      known = after;
      if (everComplete) {
        before.forEach((name, document) -> {
          if (!after.containsKey(name)) {
            report(document, null);
          }
        });
        after.forEach((name, document) -> report(before.get(name), document));
      }
      everComplete = true;
    }

    private void report(@Nullable Document before, @Nullable Document after) {
      boolean same =
          before == null
              ? after == null
              : after != null && before.getFieldsMap().equals(after.getFieldsMap());
      if (!same) {
        changed.accept(new Change(before, after));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    client.shutdownNow();
  }
}

package dev.fireside.emulator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.google.firebase.FirebaseApp;
import com.google.firebase.FirebaseOptions;
import com.google.firebase.database.ChildEventListener;
import com.google.firebase.database.DataSnapshot;
import com.google.firebase.database.DatabaseError;
import com.google.firebase.database.DatabaseReference;
import com.google.firebase.database.FirebaseDatabase;
import com.google.firebase.database.MutableData;
import com.google.firebase.database.Query;
import com.google.firebase.database.ServerValue;
import com.google.firebase.database.Transaction;
import com.google.firebase.database.ValueEventListener;
import com.google.firebase.internal.EmulatorCredentials;
import com.google.firebase.internal.FirebaseProcessEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The official Admin SDK for Java against the server.
class AdminSdkIT {
  private static final int LIMIT_SECONDS = 60;

  private static DatabaseServer server;
  private static final List<FirebaseApp> apps = new ArrayList<>();

  @BeforeAll
  static void start() {
    server = DatabaseServer.start(DatabaseOptions.inMemory("default"));
    FirebaseProcessEnvironment.setenv("FIREBASE_DATABASE_EMULATOR_HOST", server.address());
  }

  @AfterAll
  static void stop() {
    apps.forEach(FirebaseApp::delete);
    server.close();
  }

  private static FirebaseDatabase database(String namespace) {
    return database(namespace, null);
  }

  private static FirebaseDatabase database(String namespace, Map<String, Object> auth) {
    var options =
        FirebaseOptions.builder()
            .setCredentials(new EmulatorCredentials())
            .setDatabaseUrl("https://" + namespace + ".firebaseio.com");
    if (auth != null) {
      options.setDatabaseAuthVariableOverride(auth);
    }
    FirebaseApp app = FirebaseApp.initializeApp(options.build(), "app-" + apps.size());
    apps.add(app);
    return FirebaseDatabase.getInstance(app);
  }

  private static void set(DatabaseReference at, Object value) throws Exception {
    at.setValueAsync(value).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static DataSnapshot read(Query query) throws Exception {
    var read = new CompletableFuture<DataSnapshot>();
    query.addListenerForSingleValueEvent(listener(read));
    return read.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static ValueEventListener listener(CompletableFuture<DataSnapshot> read) {
    return new ValueEventListener() {
      @Override
      public void onDataChange(DataSnapshot snapshot) {
        read.complete(snapshot);
      }

      @Override
      public void onCancelled(DatabaseError error) {
        read.completeExceptionally(error.toException());
      }
    };
  }

  @Test
  void valuesAreWrittenAndRead() throws Exception {
    DatabaseReference root = database("values").getReference();
    set(root.child("a"), Map.of("n", 1, "s", "Grüße 👋", "d", 1.5, "b", true));
    root.updateChildrenAsync(Map.of("a/n", 2, "b/c", ServerValue.TIMESTAMP))
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(read(root.child("a")).getValue())
        .isEqualTo(Map.of("n", 2L, "s", "Grüße 👋", "d", 1.5, "b", true));
    assertThat(read(root.child("b/c")).getValue(Long.class)).isPositive();

    DatabaseReference pushed = root.child("list").push();
    set(pushed, "x");
    assertThat(read(root.child("list")).getValue()).isEqualTo(Map.of(pushed.getKey(), "x"));
    root.child("list").removeValueAsync().get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(read(root.child("list")).exists()).isFalse();

    root.child("p").setValueAsync("x", 7).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(read(root.child("p")).getPriority()).isEqualTo(7.0);
    assertThat(read(database("other").getReference()).exists()).isFalse();
  }

  @Test
  void tenMegabytesTravelBothWays() throws Exception {
    // The SDK itself breaks characters outside the basic plane where it splits what it sends.
    String sent = "0123456789abcdé".repeat(600_000);
    set(database("big").getReference("sent"), sent);
    assertThat(server.export("big").length()).isGreaterThan(sent.length());
    DataSnapshot received = read(database("big").getReference("sent"));
    assertThat(sent.equals(received.getValue(String.class))).isTrue();
  }

  @Test
  void aHundredTransactionsCountToAHundred() throws Exception {
    var databases = List.of(database("count"), database("count"), database("count"));
    var done = new ArrayList<CompletableFuture<Boolean>>();
    for (int i = 0; i < 100; i++) {
      done.add(increment(databases.get(i % databases.size()).getReference("counter")));
    }
    for (CompletableFuture<Boolean> each : done) {
      assertThat(each.get(LIMIT_SECONDS, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(read(databases.getFirst().getReference("counter")).getValue()).isEqualTo(100L);
  }

  private static CompletableFuture<Boolean> increment(DatabaseReference counter) {
    var done = new CompletableFuture<Boolean>();
    increment(counter, done);
    return done;
  }

  private static void increment(DatabaseReference counter, CompletableFuture<Boolean> done) {
    counter.runTransaction(
        new Transaction.Handler() {
          @Override
          public Transaction.Result doTransaction(MutableData data) {
            Long count = data.getValue(Long.class);
            data.setValue(count == null ? 1 : count + 1);
            return Transaction.success(data);
          }

          @Override
          public void onComplete(DatabaseError error, boolean committed, DataSnapshot snapshot) {
            if (error != null && error.getCode() == DatabaseError.MAX_RETRIES) {
              increment(counter, done);
            } else if (error != null) {
              done.completeExceptionally(error.toException());
            } else {
              done.complete(committed);
            }
          }
        });
  }

  @Test
  void aWindowFollowsItsWrites() throws Exception {
    DatabaseReference scores = database("window").getReference("scores");
    DatabaseReference writer = database("window").getReference("scores");
    List<String> events = new CopyOnWriteArrayList<>();
    scores.keepSynced(true);
    scores.orderByChild("n").limitToLast(2).addChildEventListener(new Recorder(events));
    set(writer.child("a/n"), 1);
    await().untilAsserted(() -> assertThat(events).contains("+a<null"));
    set(writer.child("b/n"), 2);
    set(writer.child("c/n"), 3);
    await().untilAsserted(() -> assertThat(events).contains("+c<b"));
    set(writer.child("b/n"), 5);
    set(writer.child("b"), null);
    await()
        .untilAsserted(() ->
            assertThat(events)
                .containsSubsequence("+a<null", "+b<a", "-a", "+c<b", ">b<c", "-b", "+a<null"));
    assertThat(read(scores.orderByChild("n").startAt(2).endAt(4)).getValue())
        .isEqualTo(Map.of("c", Map.of("n", 3L)));
  }

  private record Recorder(List<String> events) implements ChildEventListener {
    @Override
    public void onChildAdded(DataSnapshot child, String before) {
      events.add("+" + child.getKey() + "<" + before);
    }

    @Override
    public void onChildChanged(DataSnapshot child, String before) {
      events.add("~" + child.getKey() + "<" + before);
    }

    @Override
    public void onChildRemoved(DataSnapshot child) {
      events.add("-" + child.getKey());
    }

    @Override
    public void onChildMoved(DataSnapshot child, String before) {
      events.add(">" + child.getKey() + "<" + before);
    }

    @Override
    public void onCancelled(DatabaseError error) {
      events.add(error.getMessage());
    }
  }

  @Test
  void aDisconnectWritesAndOfflineWritesWait() throws Exception {
    FirebaseDatabase leaving = database("leaving");
    FirebaseDatabase watching = database("leaving");
    leaving
        .getReference("status")
        .onDisconnect()
        .setValueAsync("offline")
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
    set(leaving.getReference("status"), "online");
    leaving.goOffline();
    await()
        .untilAsserted(() ->
            assertThat(read(watching.getReference("status")).getValue()).isEqualTo("offline"));
    var queued = leaving.getReference("queued").setValueAsync(1);
    leaving.goOnline();
    queued.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(read(watching.getReference("queued")).getValue()).isEqualTo(1L);
    assertThat(read(leaving.getReference(".info/connected")).getValue()).isEqualTo(true);
  }

  @Test
  void whoActsAsSomebodyIsHeldToTheRules() throws Exception {
    server.rules("acting", "{\"rules\": {\"$uid\": {\".write\": \"auth.uid === $uid\"}}}");
    FirebaseDatabase ada = database("acting", Map.of("uid", "ada"));
    set(ada.getReference("ada"), 1);
    assertThatThrownBy(() -> set(ada.getReference("bob"), 1))
        .hasMessageContaining("Permission denied");
    assertThatThrownBy(() -> read(ada.getReference("ada")))
        .hasMessageContaining("Permission denied");
    assertThat(read(database("acting").getReference("ada")).getValue()).isEqualTo(1L);
  }
}

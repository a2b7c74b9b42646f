package dev.fireside.emulator.process;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/// Google's Firestore emulator. One process serves every project id, each with its own documents,
/// so that tests share a process and part by project.
public final class FirestoreEmulator implements AutoCloseable {
  private static final String SERVICE = "firestore";
  private static final String MAIN = "com.google.cloud.datastore.emulator.firestore.CloudFirestore";

  private final int port;
  private final ChildProcess child;

  private FirestoreEmulator(int port, ChildProcess child) {
    this.port = port;
    this.child = child;
  }

  /// Starts an emulator that allows everything to everybody and fires no triggers.
  public static FirestoreEmulator start(int port) {
    return start(port, null, null);
  }

  /// Starts the emulator and returns when it answers.
  ///
  /// @param port the port to listen on, or 0 for a free one
  /// @param rules the security rules for clients; servers pass them with `Authorization: Bearer
  ///   owner`. Without, all is allowed
  /// @param eventReceiver `host:port` that gets a POST for each event of a trigger registered with
  ///   [FirestoreTriggers]; it need not listen yet
  public static FirestoreEmulator start(
      int port, @Nullable Path rules, @Nullable String eventReceiver) {
    int claimed = Ports.claim(port, "the Firestore emulator");
    Path jar = EmulatorJar.FIRESTORE.locate();
    List<String> arguments = new ArrayList<>(runnable(jar));
    arguments.addAll(List.of("--host", Ports.HOST, "--port", Integer.toString(claimed)));
    if (rules != null) {
      arguments.addAll(List.of("--rules", rules.toAbsolutePath().toString()));
    }
    if (eventReceiver != null) {
      arguments.addAll(List.of("--functions_emulator", eventReceiver));
    }
    return new FirestoreEmulator(claimed, JavaEmulator.start(SERVICE, claimed, arguments));
  }

  // The jar of firebase-tools names its main class, the one of the gcloud SDK does not.
  private static List<String> runnable(Path jar) {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      return manifest != null
              && manifest.getMainAttributes().containsKey(Attributes.Name.MAIN_CLASS)
          ? List.of("-jar", jar.toString())
          : List.of("-cp", jar.toString(), MAIN, "start");
    } catch (IOException e) {
      throw new StartUpException("the Firestore emulator cannot start: broken " + jar, e);
    }
  }

  public int port() {
    return port;
  }

  /// `host:port`, the value of `FIRESTORE_EMULATOR_HOST`.
  public String address() {
    return Ports.HOST + ":" + port;
  }

  public boolean isAlive() {
    return child.isAlive();
  }

  /// Ends the emulator with SIGKILL.
  public void kill() {
    child.kill();
  }

  @Override
  public void close() {
    // It holds nothing worth a goodbye, and an orderly end takes it a second.
    child.kill();
  }
}

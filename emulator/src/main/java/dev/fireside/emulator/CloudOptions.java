package dev.fireside.emulator;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the services of a [LocalCloud] listen; 0 stands for a free port.
///
/// @param redisPort port of Redis
/// @param firestorePort port of the Firestore emulator
/// @param pubsubPort port of the Pub/Sub emulator
/// @param authPort port of our Firebase Auth
/// @param database our Realtime Database
/// @param storage our Cloud Storage
/// @param rules security rules for Firestore's clients; null allows them everything
/// @param project whose users sign in with an API key that names no project
/// @param environment variables in which a running emulator suite may have left its addresses
public record CloudOptions(
    int redisPort,
    int firestorePort,
    int pubsubPort,
    int authPort,
    Database database,
    Storage storage,
    @Nullable Path rules,
    String project,
    Map<String, String> environment) {
  /// The project of a cloud that is given no other.
  public static final String DEFAULT_PROJECT = "demo-fireside";

  public CloudOptions {
    environment = Map.copyOf(environment);
  }

  /// How our Realtime Database is set up.
  ///
  /// @param port where it listens; 0 stands for a free port
  /// @param rules its security rules; null allows everybody everything
  /// @param directory where its data is kept; null keeps it in memory only
  /// @param imported a file with the data that the project's database begins with; null for none
  public record Database(
      int port, @Nullable Path rules, @Nullable Path directory, @Nullable Path imported) {
    /// Without rules and in memory only.
    public static Database onPort(int port) {
      return new Database(port, null, null, null);
    }
  }

  /// How our Cloud Storage is set up.
  ///
  /// @param port where it listens; 0 stands for a free port
  /// @param rules its security rules; null allows everybody everything
  public record Storage(int port, @Nullable Path rules) {}

  /// The address of an emulator that runs already, from the variable of that name; null where there
  /// is none.
  @Nullable String running(String variable) {
    String address = environment.get(variable);
    return address == null || address.isBlank() ? null : address;
  }

  boolean runsAlready(String variable) {
    return running(variable) != null;
  }

  /// Free ports, no rules, nothing that runs already.
  public static CloudOptions onFreePorts() {
    return new CloudOptions(
        0, 0, 0, 0, Database.onPort(0), new Storage(0, null), null, DEFAULT_PROJECT, Map.of());
  }
}

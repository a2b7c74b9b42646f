package dev.fireside.emulator.process;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One of Google's emulators as a jar: found on this machine, else downloaded once.
///
/// @param component its name in the gcloud SDK
/// @param variable the environment variable that names the jar outright
/// @param inSdk where the jar is under the root of the SDK, a glob for each level
/// @param inFirebaseCache where firebase-tools keeps its copy, a glob for each level
/// @param download where firebase-tools gets its copy from
record EmulatorJar(
    String component,
    String variable,
    List<String> inSdk,
    List<String> inFirebaseCache,
    Download download) {

  private static final Logger log = LoggerFactory.getLogger(EmulatorJar.class);

  // Addresses, sizes and checksums as firebase-tools publishes them in
  // src/emulator/downloadableEmulatorInfo.json.
  static final EmulatorJar FIRESTORE =
      new EmulatorJar(
          "cloud-firestore-emulator",
          "FIRESIDE_FIRESTORE_JAR",
          List.of("platform", "cloud-firestore-emulator", "cloud-firestore-emulator.jar"),
          List.of("cloud-firestore-emulator-*.jar"),
          new Download(
              "https://storage.googleapis.com/firebase-preview-drop/emulator/cloud-firestore-emulator-v1.22.0.jar",
              "9b6498b7f62714d67f48f59b3818883cd682dbcd46b9f59511de81c97bb5166c",
              136_707_194));

  static final EmulatorJar PUBSUB =
      new EmulatorJar(
          "pubsub-emulator",
          "FIRESIDE_PUBSUB_JAR",
          List.of("platform", "pubsub-emulator", "lib", "cloud-pubsub-emulator-*.jar"),
          List.of("pubsub-emulator-*", "pubsub-emulator", "lib", "cloud-pubsub-emulator-*.jar"),
          new Download(
              "https://storage.googleapis.com/firebase-preview-drop/emulator/pubsub-emulator-0.8.35.zip",
              "b0f3b73a14b716ecf8925b7b8a0c8c858ffabddcf03df8b2b7fba682f48dc616",
              53_015_972));

  Path locate() {
    Path home = Path.of(System.getProperty("user.home"));
    return locate(System.getenv(), home, GcloudSdk.roots(System.getenv(), home));
  }

  Path locate(Map<String, String> environment, Path home, List<Path> sdkRoots) {
    String named = environment.getOrDefault(variable, "");
    if (!named.isEmpty()) {
      return named(Path.of(named));
    }
    String firebase = environment.getOrDefault("FIREBASE_EMULATORS_PATH", "");
    Path firebaseCache =
        firebase.isEmpty() ? home.resolve(".cache/firebase/emulators") : Path.of(firebase);
    return sdkRoots.stream()
        .flatMap(root -> newest(root, inSdk).stream())
        .findFirst()
        .or(() -> newest(firebaseCache, inFirebaseCache))
        .orElseGet(() -> downloaded(Directories.cache(environment, home)));
  }

  private Path named(Path jar) {
    if (!Files.isReadable(jar)) {
      throw new StartUpException(variable + " names " + jar + ", which cannot be read");
    }
    return jar;
  }

  private Path downloaded(Path cache) {
    try {
      return download.into(cache);
    } catch (IOException e) {
      throw new StartUpException(
          """
          the %1$s is not on this machine and cannot be downloaded (%2$s).
          Run `gcloud components install %1$s` (SDK installed with apt: `sudo apt-get install google-cloud-cli-%3$s`), or set %4$s to its jar.\
          """
              .formatted(component, e, component.replace("cloud-", ""), variable),
          e);
    }
  }

  /// The youngest file below `root` whose path matches `globs`, one per level.
  private static Optional<Path> newest(Path root, List<String> globs) {
    List<Path> found = List.of(root);
    for (String glob : globs) {
      found = found.stream().flatMap(folder -> children(folder, glob).stream()).toList();
    }
    return found.stream().max(Comparator.comparingLong(path -> path.toFile().lastModified()));
  }

  private static List<Path> children(Path folder, String glob) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> children = new ArrayList<>();
    try (DirectoryStream<Path> matching = Files.newDirectoryStream(folder, glob)) {
      matching.forEach(children::add);
    } catch (IOException | DirectoryIteratorException e) {
      log.warn("{} cannot be listed: {}", folder, e.toString());
    }
    return children;
  }
}

package dev.fireside.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmulatorJarTest {
  @TempDir private Path home;

  @Test
  void takesTheJarThatTheEnvironmentNames() throws IOException {
    Path jar = file("mine.jar");
    assertThat(
            EmulatorJar.FIRESTORE.locate(
                Map.of("FIRESIDE_FIRESTORE_JAR", jar.toString()), home, List.of()))
        .isEqualTo(jar);
  }

  @Test
  void refusesANamedJarThatIsNotThere() {
    assertThatThrownBy(() ->
            EmulatorJar.PUBSUB.locate(
                Map.of("FIRESIDE_PUBSUB_JAR", "/nowhere.jar"), home, List.of()))
        .isInstanceOf(StartUpException.class)
        .hasMessage("FIRESIDE_PUBSUB_JAR names /nowhere.jar, which cannot be read");
  }

  @Test
  void findsTheJarInTheSdkThatTheLinkOnThePathLeadsTo() throws IOException {
    Path jar = file("sdk/platform/pubsub-emulator/lib/cloud-pubsub-emulator-0.8.20-all.jar");
    Path gcloud = file("sdk/bin/gcloud");
    assertThat(gcloud.toFile().setExecutable(true)).isTrue();
    Path bin = Files.createDirectories(home.resolve("bin"));
    Files.createSymbolicLink(bin.resolve("gcloud"), gcloud);

    List<Path> roots = GcloudSdk.roots(Map.of("PATH", bin.toString()), home);

    assertThat(roots).startsWith(home.toRealPath().resolve("sdk"));
    assertThat(EmulatorJar.PUBSUB.locate(Map.of(), home, roots)).isEqualTo(jar.toRealPath());
  }

  @Test
  void findsTheCopyOfFirebaseTools() throws IOException {
    Path firestore = file(".cache/firebase/emulators/cloud-firestore-emulator-v1.22.0.jar");
    Path pubsub =
        file(
            ".cache/firebase/emulators/pubsub-emulator-0.8.35/pubsub-emulator/lib/cloud-pubsub-emulator-0.8.35-all.jar");
    assertThat(EmulatorJar.FIRESTORE.locate(Map.of(), home, List.of())).isEqualTo(firestore);
    assertThat(EmulatorJar.PUBSUB.locate(Map.of(), home, List.of())).isEqualTo(pubsub);
  }

  @Test
  void findsWhatItDownloadedEarlier() throws IOException {
    Path jar = file("xdg/fireside/cloud-firestore-emulator-v1.22.0.jar");
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", home.resolve("xdg").toString());
    assertThat(EmulatorJar.FIRESTORE.locate(environment, home, List.of())).isEqualTo(jar);
  }

  @Test
  void saysHowToInstallWhatCannotBeDownloaded() {
    EmulatorJar unreachable =
        new EmulatorJar(
            "pubsub-emulator",
            "FIRESIDE_PUBSUB_JAR",
            List.of("none"),
            List.of("none"),
            new Download(
                "http://127.0.0.1:" + Ports.free() + "/pubsub-emulator.zip", "0".repeat(64), 1));
    assertThatThrownBy(() -> unreachable.locate(Map.of(), home, List.of()))
        .isInstanceOf(StartUpException.class)
        .hasMessageStartingWith(
            "the pubsub-emulator is not on this machine and cannot be downloaded")
        .hasMessageContaining("gcloud components install pubsub-emulator")
        .hasMessageContaining("apt-get install google-cloud-cli-pubsub-emulator")
        .hasMessageContaining("FIRESIDE_PUBSUB_JAR");
  }

  private Path file(String path) throws IOException {
    Path file = home.resolve(path);
    Files.createDirectories(file.getParent());
    return Files.createFile(file);
  }
}

package dev.fireside.emulator.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Starts one of Google's emulators, which are Java programs, with the JDK that runs us.
final class JavaEmulator {
  private static final Duration START_LIMIT = Duration.ofSeconds(90);
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(2);

  // Measured on two cores, Firestore emulator to its first answer: 1150 ms without the first two,
  // 775 ms with them. The emulators' messages come in English only.
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Duser.language=en",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private JavaEmulator() {}

  static ChildProcess start(String service, int port, List<String> mainAndArguments) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(mainAndArguments);
    Path directory = Directories.forChild(service, port);
    ChildProcess child = ChildProcess.start(service, port, directory, command);
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(ANSWER_LIMIT).build()) {
      child.awaitReady(() -> answers(http, port), START_LIMIT);
    }
    return child;
  }

  private static boolean answers(HttpClient http, int port) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://" + Ports.HOST + ":" + port + "/"))
            .timeout(ANSWER_LIMIT)
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}

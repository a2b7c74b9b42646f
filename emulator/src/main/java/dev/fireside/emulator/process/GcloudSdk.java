package dev.fireside.emulator.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds where Google's Cloud SDK is installed.
final class GcloudSdk {
  private static final List<String> USUAL_ROOTS =
      List.of(
          "/usr/lib/google-cloud-sdk",
          "/usr/lib64/google-cloud-sdk",
          "/usr/share/google-cloud-sdk",
          "/opt/google-cloud-sdk",
          "/google-cloud-sdk",
          "/snap/google-cloud-cli/current",
          "/usr/local/share/google-cloud-sdk",
          "/opt/homebrew/share/google-cloud-sdk",
          "/usr/local/Caskroom/gcloud-cli/latest/google-cloud-sdk",
          "/opt/homebrew/Caskroom/gcloud-cli/latest/google-cloud-sdk");

  private GcloudSdk() {}

  /// The installations that exist, the one of `gcloud` on the PATH first.
  static List<Path> roots(Map<String, String> environment, Path home) {
    Set<Path> roots = new LinkedHashSet<>();
    Pattern.compile(File.pathSeparator)
        .splitAsStream(environment.getOrDefault("PATH", ""))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, ChildProcess.WINDOWS ? "gcloud.cmd" : "gcloud"))
        .filter(Files::isExecutable)
        .forEach(gcloud -> rootOf(gcloud).ifPresent(roots::add));
    roots.add(home.resolve("google-cloud-sdk"));
    USUAL_ROOTS.forEach(root -> roots.add(Path.of(root)));
    return roots.stream().filter(Files::isDirectory).toList();
  }

  // gcloud is in the SDK's bin folder, and the PATH often leads there through a link.
  private static Optional<Path> rootOf(Path gcloud) {
    try {
      return Optional.ofNullable(gcloud.toRealPath().getParent()).map(Path::getParent);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}

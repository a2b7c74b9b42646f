package dev.fireside.emulator;

import dev.fireside.shared.manifest.EntryPoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What is where, for people.
///
/// @param took how long it took to start
record DevTable(LocalCloud cloud, LocalProject project, Duration took) {

  @Override
  public String toString() {
    var lines = new ArrayList<String>();
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "Fireside runs as %s (started in %.1f s).",
            project.projectId(),
            took.toMillis() / 1000.0));
    lines.add("");
    columns(lines, services());
    lines.add("");
    columns(lines, functions());
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private List<List<String>> services() {
    return List.of(
        List.of("Functions", project.baseUrl()),
        List.of("Controls", project.baseUrl() + "/_local/functions"),
        List.of("Player", project.baseUrl() + "/_local/player/"),
        List.of("Redis", cloud.redis().uri().toString()),
        List.of("Firestore", cloud.firestoreAddress()),
        List.of("Pub/Sub", cloud.pubsubAddress()),
        List.of("Auth", cloud.auth().address()),
        List.of("Database", cloud.database().address()),
        List.of("Storage", cloud.storage().address()));
  }

  private List<List<String>> functions() {
    var rows = new ArrayList<List<String>>();
    for (EntryPoint entry : project.entryPoints()) {
      rows.add(List.of(entry.name(), FunctionStatus.kind(entry), FunctionStatus.trigger(entry)));
    }
    return rows;
  }

  private static void columns(List<String> lines, List<List<String>> rows) {
    for (List<String> row : rows) {
      var line = new StringBuilder("  ");
      for (int i = 0; i < row.size(); i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        line.append(row.get(i)).repeat(" ", width - row.get(i).length() + 2);
      }
      lines.add(line.toString().stripTrailing());
    }
  }
}

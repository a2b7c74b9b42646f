package dev.fireside.emulator.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/// A stream of server-sent events.
record Events(BufferedReader lines) implements AutoCloseable {
  Events(InputStream in) {
    this(new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)));
  }

  /// The next event, as `name data`; null at the end.
  String next() throws IOException {
    String name = lines.readLine();
    if (name == null) {
      return null;
    }
    String data = lines.readLine();
    assertThat(name).startsWith("event: ");
    assertThat(data).startsWith("data: ");
    assertThat(lines.readLine()).isEmpty();
    return name.substring("event: ".length()) + " " + data.substring("data: ".length());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}

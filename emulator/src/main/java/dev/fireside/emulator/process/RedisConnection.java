package dev.fireside.emulator.process;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// Asks a Redis server one thing: enough of its protocol to see it start and to form a cluster.
final class RedisConnection {
  private static final int TIMEOUT_MS = 2_000;

  private RedisConnection() {}

  static String ask(int port, String... command) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(Ports.address(port), TIMEOUT_MS);
      socket.setSoTimeout(TIMEOUT_MS);
      socket.getOutputStream().write(encode(command));
      return reply(new BufferedInputStream(socket.getInputStream()));
    }
  }

  private static byte[] encode(String... command) {
    StringBuilder frame = new StringBuilder("*").append(command.length).append("\r\n");
    for (String word : command) {
      frame.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
    }
    return frame.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static String reply(InputStream in) throws IOException {
    String line = line(in);
    String rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+', ':' -> rest;
      case '$' -> new String(in.readNBytes(Integer.parseInt(rest)), StandardCharsets.UTF_8);
      default -> throw new IOException("Redis answers " + line);
    };
  }

  private static String line(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\r'; c = in.read()) {
      if (c < 0) {
        throw new IOException("Redis closed the connection");
      }
      line.append((char) c);
    }
    if (line.isEmpty() || in.read() != '\n') {
      throw new IOException("not a Redis answer: " + line);
    }
    return line.toString();
  }
}

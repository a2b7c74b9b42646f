package dev.fireside.shared.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/// Requests that no well-behaved client sends.
final class Raw {
  private Raw() {}

  /// The whole answer as text.
  static String get(URI server, String target, String address) throws IOException {
    return send(
        server,
        "GET %s HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: %s\r\nConnection: close\r\n\r\n"
            .formatted(target, address));
  }

  /// The whole answer to what is sent as it is. The server has to end the connection.
  static String send(URI server, String request) throws IOException {
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// How the answer begins, while the connection stays open.
  static String statusLine(URI server, String request) throws IOException {
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
      return new BufferedReader(in).readLine();
    }
  }

  /// Sends, and goes without waiting for an answer.
  static void abandon(URI server, String request) throws IOException {
    try (var socket = new Socket(server.getHost(), server.getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    }
  }
}

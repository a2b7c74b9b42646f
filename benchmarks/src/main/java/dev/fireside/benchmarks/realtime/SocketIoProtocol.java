package dev.fireside.benchmarks.realtime;

import java.util.List;

/// Socket.IO's protocol 5 over Engine.IO's 4, on WebSocket alone.
final class SocketIoProtocol implements Protocol {
  @Override
  public String path() {
    return "/socket.io/?EIO=4&transport=websocket";
  }

  @Override
  public List<String> answers(String frame) {
    if (frame.startsWith("0")) {
      return List.of("40");
    }
    if (frame.startsWith("40")) {
      return List.of("420[\"user:join\",\"r\"]");
    }
    return frame.equals("2") ? List.of("3") : List.of();
  }

  @Override
  public boolean isJoined(String frame) {
    return frame.startsWith("430");
  }

  @Override
  public List<String> message(long number, String text) {
    return List.of(
        "42[\"chat:message\",\"r\",{\"number\":%d,\"text\":\"%s\"}]".formatted(number, text));
  }
}

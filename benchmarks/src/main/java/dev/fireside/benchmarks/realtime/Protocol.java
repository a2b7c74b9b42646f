package dev.fireside.benchmarks.realtime;

import java.util.List;

/// What a client of one server says, in text frames, from its first frame on.
interface Protocol {
  /// The path and query of the WebSocket.
  String path();

  /// What the client answers to a frame; nothing for most.
  List<String> answers(String frame);

  /// Whether a frame says that the client is in the room.
  boolean isJoined(String frame);

  /// The frames that send one message to the room.
  ///
  /// @param number which a frame that brings the message holds as `"number":`
  List<String> message(long number, String text);
}

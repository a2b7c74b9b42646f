package dev.fireside.emulator.database.wire;

import dev.fireside.emulator.database.net.Outbox;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// A message as it travels: in one frame, or in a frame with the number of pieces and then these.
/// It is encoded once, whoever receives it.
final class Frames {
  /// Longer messages are split, by both sides.
  static final int CHARS_MAX = 16_384;

  private static final int TEXT_FRAME = 0x81;

  /// What a frame's second byte says where its length follows in two bytes more; smaller numbers
  /// are the length.
  private static final int TWO_BYTES = 126;

  private final byte[] bytes;

  private Frames(byte[] bytes) {
    this.bytes = bytes;
  }

  static Frames of(String message) {
    var bytes = new ByteArrayOutputStream(message.length() + 4);
    for (String frame : split(message)) {
      byte[] payload = frame.getBytes(StandardCharsets.UTF_8);
      bytes.write(TEXT_FRAME);
      if (payload.length < TWO_BYTES) {
        bytes.write(payload.length);
      } else {
        bytes.write(TWO_BYTES);
        bytes.write(payload.length >> 8);
        bytes.write(payload.length);
      }
      bytes.writeBytes(payload);
    }
    return new Frames(bytes.toByteArray());
  }

  static List<String> split(String message) {
    if (message.length() <= CHARS_MAX) {
      return List.of(message);
    }
    var frames = new ArrayList<String>();
    frames.add("");
    for (int start = 0; start < message.length(); ) {
      int end = end(message, start);
      frames.add(message.substring(start, end));
      start = end;
    }
    frames.set(0, Integer.toString(frames.size() - 1));
    return frames;
  }

  /// A frame is UTF-8 by itself: no character may lie in two of them.
  private static int end(String message, int start) {
    int end = Math.min(message.length(), start + CHARS_MAX);
    boolean splits =
        end < message.length()
            && Character.isHighSurrogate(message.charAt(end - 1))
            && Character.isLowSurrogate(message.charAt(end));
    return splits ? end - 1 : end;
  }

  void send(Outbox outbox) {
    outbox.send(Unpooled.wrappedBuffer(bytes), bytes.length);
  }

  /// Sends a last message, and ends the connection.
  static void end(Outbox outbox, String message, String reason) {
    of(message).send(outbox);
    outbox
        .channel()
        .writeAndFlush(new CloseWebSocketFrame(WebSocketCloseStatus.POLICY_VIOLATION, reason))
        .addListener(ChannelFutureListener.CLOSE);
  }
}

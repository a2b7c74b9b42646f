package dev.fireside.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Reads HTTP/1.1 answers from one connection, whatever pieces they arrive in.
final class AnswerParser {
  private static final int LINE_BYTES_MAX = 16 * 1024;
  private static final int NO_CONTENT = 204;
  private static final int NOT_MODIFIED = 304;

  private enum State {
    STATUS,
    HEADERS,
    BODY,
    CHUNK_SIZE,
    CHUNK,
    CHUNK_END,
    TRAILERS
  }

  private final boolean keepsBody;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final byte[] line = new byte[LINE_BYTES_MAX];
  private int lineLength;
  private State state = State.STATUS;
  private int status;
  private int bytes;
  private int remaining;
  private boolean chunked;
  private boolean closing;

  /// @param keepsBody whether somebody will ask for [#body]
  AnswerParser(boolean keepsBody) {
    this.keepsBody = keepsBody;
  }

  int status() {
    return status;
  }

  /// How long the body is.
  int bytes() {
    return bytes;
  }

  byte[] body() {
    return body.toByteArray();
  }

  /// Whether the server closes the connection behind this answer.
  boolean isClosing() {
    return closing;
  }

  /// Reads on.
  ///
  /// @return whether an answer is complete: what follows belongs to the next one
  boolean read(ByteBuffer in) throws IOException {
    while (in.hasRemaining()) {
      boolean complete =
          switch (state) {
            case BODY, CHUNK -> content(in);
            default -> line(in) && endOfLine();
          };
      if (complete) {
        state = State.STATUS;
        return true;
      }
    }
    return false;
  }

  private boolean content(ByteBuffer in) {
    int part = Math.min(remaining, in.remaining());
    if (keepsBody) {
      byte[] copy = new byte[part];
      in.get(copy);
      body.writeBytes(copy);
    } else {
      in.position(in.position() + part);
    }
    bytes += part;
    remaining -= part;
    if (remaining > 0) {
      return false;
    }
    if (state == State.BODY) {
      return true;
    }
    state = State.CHUNK_END;
    return false;
  }

  /// Whether a line has ended.
  private boolean line(ByteBuffer in) throws IOException {
    while (in.hasRemaining()) {
      byte next = in.get();
      if (next == '\n') {
        return true;
      }
      if (next != '\r') {
        if (lineLength == LINE_BYTES_MAX) {
          throw new IOException("A line of more than " + LINE_BYTES_MAX + " bytes");
        }
        line[lineLength++] = next;
      }
    }
    return false;
  }

  private boolean endOfLine() {
    boolean empty = lineLength == 0;
    boolean complete = false;
    switch (state) {
      case STATUS -> begin();
      case HEADERS -> complete = empty ? headEnded() : header();
      case CHUNK_SIZE -> {
        remaining = Integer.parseInt(text().split(";", 2)[0].strip(), 16);
        state = remaining == 0 ? State.TRAILERS : State.CHUNK;
      }
      case CHUNK_END -> state = State.CHUNK_SIZE;
      case TRAILERS -> complete = empty;
      case BODY, CHUNK -> throw new IllegalStateException("A body has no lines");
    }
    lineLength = 0;
    return complete;
  }

  private void begin() {
    status = Integer.parseInt(text().split(" ", 3)[1]);
    bytes = 0;
    remaining = 0;
    chunked = false;
    closing = false;
    body.reset();
    state = State.HEADERS;
  }

  /// A header never completes an answer.
  private boolean header() {
    if (is("content-length")) {
      remaining = Integer.parseInt(value());
    } else if (is("transfer-encoding")) {
      chunked = value().equals("chunked");
    } else if (is("connection")) {
      closing = value().equals("close");
    }
    return false;
  }

  private boolean headEnded() {
    state = chunked ? State.CHUNK_SIZE : State.BODY;
    boolean bodiless = status == NO_CONTENT || status == NOT_MODIFIED;
    return bodiless || (!chunked && remaining == 0);
  }

  /// Whether the line is a header of this name, which is in lower case.
  private boolean is(String name) {
    if (lineLength <= name.length() || line[name.length()] != ':') {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if ((line[i] | 0x20) != (name.charAt(i) | 0x20)) {
        return false;
      }
    }
    return true;
  }

  private String value() {
    String text = text();
    return text.substring(text.indexOf(':') + 1).strip().toLowerCase(Locale.ROOT);
  }

  private String text() {
    return new String(line, 0, lineLength, StandardCharsets.ISO_8859_1);
  }
}

package dev.fireside.transcoder.packaging;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What a file of one track in fragments says of itself: where its header and its index are, which
/// codec it has, and where its segments are.
///
/// @param codec as playlists state it, such as `avc1.640028`
/// @param initBytes of the header at its beginning
/// @param indexBytes of the index, which follows
/// @param segments all that follows
/// @param bytes of the whole
record Track(String codec, long initBytes, long indexBytes, List<Segment> segments, long bytes) {
  private static final int HEADER_BYTES = 8;
  private static final int HEADER_BYTES_MAX = 16 * 1024 * 1024;

  Track {
    segments = List.copyOf(segments);
  }

  /// Reads a file that was made here. Throws [IOException] where it is none of one track, with an
  /// index and at least one segment.
  static Track read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      String codec = "";
      long initBytes = 0;
      for (long at = 0; at + HEADER_BYTES <= channel.size(); ) {
        ByteBuffer header = bytes(channel, at, HEADER_BYTES);
        long size = Integer.toUnsignedLong(header.getInt());
        String type = Box.type(header);
        if (size < HEADER_BYTES) {
          throw new IOException("A box of " + size + " bytes");
        }
        if (type.equals("moov")) {
          codec = Codecs.of(bytes(channel, at + HEADER_BYTES, size - HEADER_BYTES));
          initBytes = at + size;
        } else if (type.equals("sidx")) {
          ByteBuffer index = bytes(channel, at + HEADER_BYTES, size - HEADER_BYTES);
          List<Segment> segments = segments(index, at + size);
          if (at != initBytes) {
            throw new IOException("The index does not follow the header");
          }
          return new Track(codec, initBytes, size, segments, channel.size());
        }
        at += size;
      }
      throw new IOException("No index in " + file.getFileName());
    }
  }

  private static ByteBuffer bytes(FileChannel channel, long from, long length) throws IOException {
    if (length > HEADER_BYTES_MAX || from + length > channel.size()) {
      throw new IOException("A header of " + length + " bytes");
    }
    var buffer = ByteBuffer.allocate((int) length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, from + buffer.position()) < 0) {
        throw new IOException("The file ends in a header");
      }
    }
    return buffer.flip();
  }

  /// The references of a segment index box (ISO/IEC 14496-12, 8.16.3).
  private static List<Segment> segments(ByteBuffer index, long end) throws IOException {
    int version = index.get();
    index.position(index.position() + 3 + Integer.BYTES);
    long timescale = Integer.toUnsignedLong(index.getInt());
    long first;
    if (version == 0) {
      index.getInt();
      first = Integer.toUnsignedLong(index.getInt());
    } else {
      index.getLong();
      first = index.getLong();
    }
    index.getShort();
    int count = Short.toUnsignedInt(index.getShort());
    var segments = new ArrayList<Segment>();
    long offset = end + first;
    for (int i = 0; i < count; i++) {
      int bytes = index.getInt();
      double seconds = (double) Integer.toUnsignedLong(index.getInt()) / timescale;
      index.getInt();
      if (bytes < 0 || seconds <= 0) {
        throw new IOException("Segment " + i + " holds no media");
      }
      segments.add(new Segment(offset, bytes, seconds));
      offset += bytes;
    }
    if (segments.isEmpty()) {
      throw new IOException("No segment");
    }
    return segments;
  }

  /// How long it plays.
  double seconds() {
    return segments.stream().mapToDouble(Segment::seconds).sum();
  }

  /// Seconds of the longest segment, rounded: what no player has to wait longer for.
  long targetSeconds() {
    return Math.max(
        1, segments.stream().mapToLong(segment -> Math.round(segment.seconds())).max().orElse(1));
  }

  long averageBandwidth() {
    long all = segments.stream().mapToLong(Segment::bytes).sum();
    return (long) Math.ceil(all * Byte.SIZE / seconds());
  }

  /// Bits a second of the densest run of segments of half to one and a half times the target
  /// duration, as RFC 8216 defines the peak; of the whole where it is shorter.
  long bandwidth() {
    double peak = averageBandwidth();
    for (int from = 0; from < segments.size(); from++) {
      double seconds = 0;
      long bytes = 0;
      for (int to = from; to < segments.size() && seconds < targetSeconds() * 1.5; to++) {
        seconds += segments.get(to).seconds();
        bytes += segments.get(to).bytes();
        if (seconds >= targetSeconds() * 0.5 && seconds <= targetSeconds() * 1.5) {
          peak = Math.max(peak, bytes * Byte.SIZE / seconds);
        }
      }
    }
    return (long) Math.ceil(peak);
  }
}

package dev.fireside.transcoder.packaging;

import java.io.IOException;
import java.nio.ByteBuffer;

/// Codecs as RFC 6381 names them, from what a decoder is told.
final class Codecs {
  private static final int DESCRIPTION_HEADER_BYTES = 8;
  private static final int PICTURE_ENTRY_BYTES = 78;
  private static final int SOUND_ENTRY_BYTES = 28;
  private static final int DECODER_CONFIG = 0x04;
  private static final int DECODER_SPECIFIC = 0x05;

  private Codecs() {}

  /// @param movie content of the box `moov`, of one track
  static String of(ByteBuffer movie) throws IOException {
    ByteBuffer descriptions = Box.at(movie, "trak", "mdia", "minf", "stbl", "stsd");
    descriptions.position(DESCRIPTION_HEADER_BYTES);
    String type = Box.type(descriptions.duplicate().position(DESCRIPTION_HEADER_BYTES + 4));
    ByteBuffer entry = Box.in(descriptions, type);
    return switch (type) {
      case "avc1" -> {
        ByteBuffer config = Box.in(entry.position(PICTURE_ENTRY_BYTES), "avcC");
        yield "avc1.%02x%02x%02x".formatted(config.get(1), config.get(2), config.get(3));
      }
      case "mp4a" ->
          "mp4a.40." + audioObjectType(Box.in(entry.position(SOUND_ENTRY_BYTES), "esds"));
      default -> throw new IOException("No codec of ours: " + type);
    };
  }

  /// The first five bits of what the decoder is told (ISO/IEC 14496-1, 7.2.6).
  private static int audioObjectType(ByteBuffer descriptor) throws IOException {
    descriptor.position(4);
    while (descriptor.remaining() > 2) {
      int tag = descriptor.get();
      int length = 0;
      for (int part = 0x80; (part & 0x80) != 0; ) {
        part = descriptor.get();
        length = (length << 7) | (part & 0x7f);
      }
      switch (tag) {
        case 0x03 -> descriptor.position(descriptor.position() + 3);
        case DECODER_CONFIG -> descriptor.position(descriptor.position() + 13);
        case DECODER_SPECIFIC -> {
          return Byte.toUnsignedInt(descriptor.get()) >> 3;
        }
        default ->
            descriptor.position(Math.min(descriptor.limit(), descriptor.position() + length));
      }
    }
    throw new IOException("No configuration of a decoder of sound");
  }
}

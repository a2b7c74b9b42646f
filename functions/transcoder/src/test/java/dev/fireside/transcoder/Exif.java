package dev.fireside.transcoder;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a camera writes into a JPEG beside its pixels.
final class Exif {
  private static final int SOI_BYTES = 2;
  private static final int TURNED_RIGHT = 6;

  private Exif() {}

  /// The image as a camera held upright would have it, with a description.
  static byte[] tagged(byte[] jpeg, String description) {
    byte[] text = (description + '\0').getBytes(StandardCharsets.US_ASCII);
    var exif = ByteBuffer.allocate(6 + 8 + 2 + 2 * 12 + 4 + text.length);
    exif.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    exif.put("MM".getBytes(StandardCharsets.US_ASCII)).putShort((short) 42).putInt(8);
    exif.putShort((short) 2);
    exif.putShort((short) 0x010e).putShort((short) 2).putInt(text.length).putInt(38);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) TURNED_RIGHT).putShort((short) 0);
    exif.putInt(0).put(text);
    var tagged = new ByteArrayOutputStream();
    tagged.write(jpeg, 0, SOI_BYTES);
    tagged.write(0xff);
    tagged.write(0xe1);
    int length = exif.capacity() + 2;
    tagged.write(length >> 8);
    tagged.write(length & 0xff);
    tagged.writeBytes(exif.array());
    tagged.write(jpeg, SOI_BYTES, jpeg.length - SOI_BYTES);
    return tagged.toByteArray();
  }
}

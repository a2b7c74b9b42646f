package dev.fireside.uploads;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import javax.imageio.ImageIO;

/// Files as people send them, and as people with other plans do.
public final class Samples {
  private Samples() {}

  /// A box of an ISO media file.
  public static byte[] box(String type, byte[]... parts) {
    byte[] inside = joined(parts);
    return joined(ByteBuffer.allocate(4).putInt(inside.length + 8).array(), ascii(type), inside);
  }

  /// A movie whose only track says where its data is.
  ///
  /// @param reference the entry of the track's data references
  public static byte[] mp4(byte[] reference, byte[] data) {
    byte[] dref = box("dref", new byte[] {0, 0, 0, 0, 0, 0, 0, 1}, reference);
    byte[] track = box("trak", box("mdia", box("minf", box("dinf", dref))));
    return joined(
        box("ftyp", ascii("isom"), new byte[4], ascii("isommp41")),
        box("moov", box("mvhd", new byte[100]), track),
        box("mdat", data));
  }

  /// A movie of about so many bytes, by itself.
  public static byte[] mp4(int bytes) {
    var data = new byte[bytes];
    new Random(1).nextBytes(data);
    return mp4(inside(), data);
  }

  /// The reference of a track whose data is in the same file.
  public static byte[] inside() {
    return box("url ", new byte[] {0, 0, 0, 1});
  }

  /// The reference of a track whose data is elsewhere.
  public static byte[] elsewhere(String url) {
    return box("url ", new byte[4], ascii(url), new byte[1]);
  }

  /// A black picture.
  ///
  /// @param format `png`, `jpg` or `gif`
  public static byte[] picture(String format, int width, int height) {
    var out = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /// The same picture whose header says another size.
  public static byte[] pngSaying(int width, int height) {
    byte[] png = picture("png", 8, 8);
    ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    return png;
  }

  /// An archive of nothing.
  public static byte[] zip() {
    byte[] end = new byte[22];
    System.arraycopy(new byte[] {'P', 'K', 5, 6}, 0, end, 0, 4);
    return end;
  }

  public static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  public static byte[] joined(byte[]... parts) {
    var out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}

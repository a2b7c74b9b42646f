package dev.fireside.runtime;

import java.util.List;
import org.eclipse.jetty.compression.brotli.BrotliCompression;
import org.eclipse.jetty.compression.brotli.BrotliEncoderConfig;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compresses answers with brotli or gzip, whichever the caller takes.
final class Compressions {
  private static final Logger log = LoggerFactory.getLogger(Compressions.class);

  /// Below this an answer fits one packet anyway.
  private static final int BYTES_MIN = 1_024;

  /// The best ratio that still keeps up with a network (11 is for files compressed once).
  private static final int BROTLI_QUALITY = 4;

  private Compressions() {}

  static CompressionHandler handler() {
    var handler = new CompressionHandler();
    var gzip = new GzipCompression();
    gzip.setMinCompressSize(BYTES_MIN);
    handler.putCompression(gzip);
    addBrotli(handler);
    handler.putConfiguration(
        "/*",
        CompressionConfig.builder()
            .compressIncludeMimeType("application/json")
            .compressIncludeMimeType("application/problem+json")
            .compressIncludeMimeType("text/plain")
            .compressIncludeMimeType("text/csv")
            .compressPreferredEncodings(List.of("br", "gzip"))
            // The functions unpack bodies, with a limit; signatures are over what was sent.
            .decompressExcludePath("/*")
            .build());
    return handler;
  }

  /// Its encoder is a native library, which not every platform has.
  private static void addBrotli(CompressionHandler handler) {
    try {
      var brotli = new BrotliCompression();
      brotli.setMinCompressSize(BYTES_MIN);
      var encoder = new BrotliEncoderConfig();
      encoder.setCompressionLevel(BROTLI_QUALITY);
      brotli.setDefaultEncoderConfig(encoder);
      handler.putCompression(brotli);
    } catch (LinkageError | RuntimeException e) {
      log.debug("There is no brotli here, only gzip", e);
    }
  }
}

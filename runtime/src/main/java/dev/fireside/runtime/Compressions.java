package dev.fireside.runtime;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.compression.brotli.BrotliCompression;
import org.eclipse.jetty.compression.brotli.BrotliEncoderConfig;
import org.eclipse.jetty.compression.gzip.GzipCompression;
import org.eclipse.jetty.compression.server.CompressionConfig;
import org.eclipse.jetty.compression.server.CompressionHandler;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Compresses answers with brotli or gzip, whichever the caller takes.
///
/// Brotli's encoder is a native library, which not every platform has and which is unpacked first:
/// it is loaded for the first caller who takes it.
final class Compressions extends Handler.Wrapper {
  private static final Logger log = LoggerFactory.getLogger(Compressions.class);

  /// Below this an answer fits one packet anyway.
  private static final int BYTES_MIN = 1_024;

  /// The best ratio that still keeps up with a network (11 is for files compressed once).
  private static final int BROTLI_QUALITY = 4;

  private final CompressionHandler gzip = gzip();
  private final Object loading = new Object();

  /// Both, or only gzip where brotli cannot be loaded.
  private volatile CompressionHandler best = gzip;

  private volatile boolean loaded;

  Compressions() {
    super.setHandler(gzip);
  }

  @Override
  public void setHandler(Handler next) {
    gzip.setHandler(next);
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
    if (accepted == null) {
      return gzip.handle(request, response, callback);
    }
    if (accepted.contains("q=0") && !takesAny(request.getHeaders())) {
      Problems.write(
          request,
          response,
          callback,
          HttpStatus.NOT_ACCEPTABLE_406,
          "Take answers plain (`identity`), or in gzip or br");
      return true;
    }
    return accepted.contains("br")
        ? best().handle(request, response, callback)
        : gzip.handle(request, response, callback);
  }

  /// Whether the caller takes plain answers, or one of the codings that there are. Plain ones are
  /// taken unless they are excluded (RFC 9110, 12.5.3).
  private static boolean takesAny(HttpFields headers) {
    var excluded = new HashMap<String, Boolean>();
    for (String entry : headers.getCSV(HttpHeader.ACCEPT_ENCODING, false)) {
      int end = entry.indexOf(';');
      String coding = (end < 0 ? entry : entry.substring(0, end)).strip();
      excluded.put(coding.toLowerCase(Locale.ROOT), end >= 0 && isZero(entry.substring(end + 1)));
    }
    boolean others = excluded.getOrDefault("*", true);
    return !excluded.getOrDefault("identity", excluded.getOrDefault("*", false))
        || !excluded.getOrDefault("gzip", others)
        || !excluded.getOrDefault("br", others);
  }

  private static boolean isZero(String parameter) {
    String weight = parameter.strip();
    return weight.startsWith("q=0") && weight.chars().skip(3).allMatch(c -> c == '.' || c == '0');
  }

  private CompressionHandler best() throws Exception {
    if (!loaded) {
      synchronized (loading) {
        if (!loaded) {
          load();
          loaded = true;
        }
      }
    }
    return best;
  }

  private void load() throws Exception {
    CompressionHandler both = gzip();
    try {
      both.putCompression(brotli());
    } catch (LinkageError | RuntimeException e) {
      log.debug("There is no brotli here, only gzip", e);
      return;
    }
    both.setHandler(
        new Handler.Abstract() {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            return gzip.getHandler().handle(request, response, callback);
          }
        });
    both.setServer(getServer());
    addManaged(both);
    best = both;
  }

  private static CompressionHandler gzip() {
    var handler = new CompressionHandler();
    var gzip =
        new GzipCompression() {
          // Our tags are weak: they stand for the meaning, whatever it is packed in.
          @Override
          public String etag(String tag) {
            return tag;
          }
        };
    gzip.setMinCompressSize(BYTES_MIN);
    handler.putCompression(gzip);
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

  private static BrotliCompression brotli() {
    var brotli =
        new BrotliCompression() {
          @Override
          public String etag(String tag) {
            return tag;
          }
        };
    brotli.setMinCompressSize(BYTES_MIN);
    var encoder = new BrotliEncoderConfig();
    encoder.setCompressionLevel(BROTLI_QUALITY);
    brotli.setDefaultEncoderConfig(encoder);
    return brotli;
  }
}

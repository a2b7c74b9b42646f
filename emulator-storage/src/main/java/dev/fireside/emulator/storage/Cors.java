package dev.fireside.emulator.storage;

import dev.fireside.emulator.storage.http.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Lets pages of any origin call, as buckets whose CORS configuration is open do.
final class Cors {
  private static final String EXPOSED =
      "Content-Length, Content-Range, Content-Type, Date, ETag, Location, Range, Server,"
          + " X-Goog-Generation, X-Goog-Hash, X-Goog-Metageneration, X-GUploader-UploadID,"
          + " X-Goog-Stored-Content-Length, X-Goog-Upload-Chunk-Granularity,"
          + " X-Goog-Upload-Control-URL, X-Goog-Upload-Size-Received, X-Goog-Upload-Status,"
          + " X-Goog-Upload-URL";

  private Cors() {}

  static Map<String, List<String>> headers(Call call) {
    var headers = new LinkedHashMap<String, List<String>>();
    headers.put("Access-Control-Allow-Origin", List.of("*"));
    headers.put("Access-Control-Expose-Headers", List.of(EXPOSED));
    if (call.method().equals("OPTIONS")) {
      headers.put(
          "Access-Control-Allow-Methods", List.of("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"));
      headers.put(
          "Access-Control-Allow-Headers",
          List.of(call.header("Access-Control-Request-Headers").orElse("*")));
      headers.put("Access-Control-Max-Age", List.of("3600"));
    }
    return headers;
  }
}

package dev.fireside.benchmarks.realtime;

import java.util.List;

/// The Realtime Database's protocol 5, as the JavaScript SDK speaks it for `query(ref(db,
/// 'rooms/r'), limitToLast(50))` and `push`.
final class DatabaseProtocol implements Protocol {
  static final String NAMESPACE = "demo-benchmark";

  @Override
  public String path() {
    return "/.ws?v=5&ns=" + NAMESPACE;
  }

  @Override
  public List<String> answers(String frame) {
    return frame.startsWith("{\"t\":\"c\"")
        ? List.of(
            """
            {"t":"d","d":{"r":1,"a":"q","b":{"p":"/rooms/r","q":{"l":50,"vf":"r"},"t":1,"h":""}}}\
            """)
        : List.of();
  }

  @Override
  public boolean isJoined(String frame) {
    return frame.contains("\"r\":1,") && frame.contains("\"s\":\"ok\"");
  }

  @Override
  public List<String> message(long number, String text) {
    return List.of(
        """
        {"t":"d","d":{"r":%1$d,"a":"p","b":{"p":"/rooms/r/-N%2$018d","d":\
        {"number":%2$d,"text":"%3$s","at":{".sv":"timestamp"}}}}}\
        """
            .formatted(number + 2, number, text));
  }
}

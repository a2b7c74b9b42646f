package dev.fireside.shared.events;

import com.google.events.cloud.firestore.v1.Value;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns the values of Firestore events into the same plain Java ones that reads give.
final class ProtoValues {
  private static final String DOCUMENTS = "/documents/";

  private ProtoValues() {}

  static Map<String, Object> toJava(Map<String, Value> fields) {
    var result = new HashMap<String, Object>();
    fields.forEach((key, value) -> result.put(key, toJava(value)));
    return result;
  }

  private static @Nullable Object toJava(Value value) {
    return switch (value.getValueTypeCase()) {
      case BOOLEAN_VALUE -> value.getBooleanValue();
      case INTEGER_VALUE -> value.getIntegerValue();
      case DOUBLE_VALUE -> value.getDoubleValue();
      case STRING_VALUE -> value.getStringValue();
      case BYTES_VALUE -> value.getBytesValue().toByteArray();
      case REFERENCE_VALUE -> path(value.getReferenceValue());
      case TIMESTAMP_VALUE ->
          Instant.ofEpochSecond(
              value.getTimestampValue().getSeconds(), value.getTimestampValue().getNanos());
      case MAP_VALUE -> toJava(value.getMapValue().getFieldsMap());
      case ARRAY_VALUE -> {
        var items = new ArrayList<@Nullable Object>();
        value.getArrayValue().getValuesList().forEach(item -> items.add(toJava(item)));
        yield items;
      }
      case GEO_POINT_VALUE ->
          Map.of(
              "latitude", value.getGeoPointValue().getLatitude(),
              "longitude", value.getGeoPointValue().getLongitude());
      case NULL_VALUE, VALUETYPE_NOT_SET -> null;
    };
  }

  /// The path below the database, as reads give it.
  private static String path(String name) {
    int documents = name.indexOf(DOCUMENTS);
    return documents < 0 ? name : name.substring(documents + DOCUMENTS.length());
  }
}

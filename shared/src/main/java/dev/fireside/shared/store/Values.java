package dev.fireside.shared.store;

import com.google.cloud.Timestamp;
import com.google.cloud.firestore.Blob;
import com.google.cloud.firestore.DocumentReference;
import com.google.cloud.firestore.FieldValue;
import com.google.cloud.firestore.GeoPoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Turns Firestore's value types into plain Java ones, and back.
final class Values {
  private Values() {}

  static Map<String, Object> toJava(Map<String, Object> data) {
    var result = new HashMap<String, Object>();
    data.forEach((key, value) -> result.put(key, toJava(value)));
    return result;
  }

  private static @Nullable Object toJava(@Nullable Object value) {
    return switch (value) {
      case Timestamp timestamp -> toInstant(timestamp);
      case Blob blob -> blob.toBytes();
      case DocumentReference reference -> reference.getPath();
      case GeoPoint point ->
          Map.of("latitude", point.getLatitude(), "longitude", point.getLongitude());
      case List<?> list -> {
        var items = new ArrayList<@Nullable Object>();
        list.forEach(item -> items.add(toJava(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        var fields = new HashMap<String, @Nullable Object>();
        map.forEach((key, item) -> fields.put(String.valueOf(key), toJava(item)));
        yield fields;
      }
      case null, default -> value;
    };
  }

  static Map<String, Object> toFirestore(Map<String, ?> data) {
    var result = new HashMap<String, Object>();
    data.forEach((key, value) -> result.put(key, toFirestore(value)));
    return result;
  }

  private static @Nullable Object toFirestore(@Nullable Object value) {
    return switch (value) {
      case Instant instant -> toTimestamp(instant);
      case FieldChange change -> toFirestore(change);
      case byte[] bytes -> Blob.fromBytes(bytes);
      case java.util.Collection<?> list -> {
        var items = new ArrayList<@Nullable Object>();
        list.forEach(item -> items.add(toFirestore(item)));
        yield items;
      }
      case Map<?, ?> map -> {
        var fields = new HashMap<String, @Nullable Object>();
        map.forEach((key, item) -> fields.put(String.valueOf(key), toFirestore(item)));
        yield fields;
      }
      case null, default -> value;
    };
  }

  private static FieldValue toFirestore(FieldChange change) {
    return switch (change) {
      case FieldChange.Add(var values) -> FieldValue.arrayUnion(converted(values));
      case FieldChange.Remove(var values) -> FieldValue.arrayRemove(converted(values));
      case FieldChange.Clear() -> FieldValue.delete();
    };
  }

  private static Object[] converted(List<?> values) {
    return values.stream().map(Values::toFirestore).toArray();
  }

  static Instant toInstant(Timestamp timestamp) {
    return Instant.ofEpochSecond(timestamp.getSeconds(), timestamp.getNanos());
  }

  static Timestamp toTimestamp(Instant instant) {
    return Timestamp.ofTimeSecondsAndNanos(instant.getEpochSecond(), instant.getNano());
  }
}

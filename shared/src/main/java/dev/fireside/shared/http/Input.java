package dev.fireside.shared.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.InstantText;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.text.Visible;
import dev.fireside.shared.text.WebAddress;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A JSON object of a body, read field by field.
///
/// Every method notes what is wrong and goes on with a harmless stand-in, so that the caller learns
/// of all errors at once. Lengths are counted in code points, after white space at both ends is
/// taken off; a text that is not empty holds something that can be seen. Unknown fields are passed
/// over.
public final class Input {
  private static final int UNITS_DIGITS_MAX = 18;
  private static final int UID_MAX = 128;
  private static final int INSTANT_MAX = 40;

  /// The stand-in for a user id that is none.
  private static final Uid NOBODY = new Uid("nobody");

  /// Of numbers in free JSON: more digits than any double has before or after its point.
  private static final int SCALE_MAX = 400;

  private final JsonNode object;
  private final String path;
  private final List<FieldError> errors;

  Input(JsonNode object, String path, List<FieldError> errors) {
    this.object = object;
    this.path = path;
    this.errors = errors;
  }

  /// Whether the field is present, also as null.
  public boolean has(String name) {
    return object.has(name);
  }

  /// A text that must be there.
  public String text(String name, int min, int max) {
    String value = optionalText(name, min, max);
    if (value == null && isAbsent(name)) {
      reject(name, "is missing");
    }
    return value == null ? "" : value;
  }

  /// A text, or null where it is absent or null.
  public @Nullable String optionalText(String name, int min, int max) {
    JsonNode node = object.path(name);
    return isAbsent(name) ? null : textOf(node, name, min, max);
  }

  /// A text that must be there and match `form` as a whole.
  ///
  /// @param rule what the form means, such as `must be a post id`
  public String text(String name, Pattern form, String rule) {
    String value = text(name, 1, 1_000);
    if (!value.isEmpty() && !form.matcher(value).matches()) {
      reject(name, rule);
      return "";
    }
    return value;
  }

  /// A text that matches `form`, or null where it is absent or null.
  public @Nullable String optionalText(String name, Pattern form, String rule) {
    return isAbsent(name) ? null : text(name, form, rule);
  }

  /// A user id that must be there.
  public Uid uid(String name) {
    String value = text(name, 1, UID_MAX);
    if (!value.isEmpty() && !Uid.isValid(value)) {
      reject(name, "must be a user id");
    }
    return Uid.isValid(value) ? new Uid(value) : NOBODY;
  }

  /// A user id, or null where it is absent or null.
  public @Nullable Uid optionalUid(String name) {
    return isAbsent(name) ? null : uid(name);
  }

  /// An address that must be there, as [WebAddress#https] takes it.
  public String url(String name, int max) {
    String value = text(name, 1, max);
    if (value.isEmpty()) {
      return "";
    }
    Optional<String> url = WebAddress.https(value);
    if (url.isEmpty() || url.get().length() > max) {
      reject(name, "must be an https address");
    }
    return url.orElse("");
  }

  /// The same, or null where it is absent or null.
  public @Nullable String optionalUrl(String name, int max) {
    return isAbsent(name) ? null : url(name, max);
  }

  /// A whole number that must be there.
  public long number(String name, long min, long max) {
    JsonNode node = object.path(name);
    if (isAbsent(name)) {
      reject(name, "is missing");
      return min;
    }
    if (!node.isIntegralNumber() || !node.canConvertToLong()) {
      reject(name, "must be a whole number");
      return min;
    }
    if (node.longValue() < min || node.longValue() > max) {
      reject(name, "must be from " + min + " to " + max);
      return min;
    }
    return node.longValue();
  }

  /// A whole number, or `fallback` where it is absent or null.
  public long number(String name, long fallback, long min, long max) {
    return isAbsent(name) ? fallback : number(name, min, max);
  }

  /// A number with at most `decimals` digits after the point that must be there, as whole units of
  /// 10^-`decimals`: 12.5 with two decimals is 1250.
  ///
  /// @param min least value, in units
  /// @param max greatest value, in units
  public long units(String name, int decimals, long min, long max) {
    JsonNode node = object.path(name);
    if (isAbsent(name)) {
      reject(name, "is missing");
      return min;
    }
    if (!node.isNumber()) {
      reject(name, "must be a number");
      return min;
    }
    BigDecimal units = stripped(node.decimalValue());
    if (units == null) {
      reject(name, "must be from " + of(min, decimals) + " to " + of(max, decimals));
      return min;
    }
    if (units.scale() > decimals) {
      reject(
          name,
          decimals == 0
              ? "must be a whole number"
              : "must have at most " + decimals + " digits after the point");
      return min;
    }
    units = units.scaleByPowerOfTen(decimals);
    if (units.compareTo(BigDecimal.valueOf(min)) < 0
        || units.compareTo(BigDecimal.valueOf(max)) > 0) {
      reject(name, "must be from " + of(min, decimals) + " to " + of(max, decimals));
      return min;
    }
    return units.longValueExact();
  }

  /// A number that must be there, exactly as it was written: up to 18 digits before the point and
  /// up to 18 after it.
  public BigDecimal decimal(String name) {
    JsonNode node = object.path(name);
    if (isAbsent(name)) {
      reject(name, "is missing");
      return BigDecimal.ZERO;
    }
    if (!node.isNumber()) {
      reject(name, "must be a number");
      return BigDecimal.ZERO;
    }
    BigDecimal value = stripped(node.decimalValue());
    if (value == null || value.scale() > UNITS_DIGITS_MAX) {
      reject(name, "has too many digits");
      return BigDecimal.ZERO;
    }
    return value;
  }

  /// A number without the zeros at its end; null for one with more than [#UNITS_DIGITS_MAX] digits
  /// before the point. An exponent may stand for a number of any length: nothing is computed first.
  private static @Nullable BigDecimal stripped(BigDecimal number) {
    if (number.signum() == 0) {
      return BigDecimal.ZERO;
    }
    return (long) number.precision() - number.scale() > UNITS_DIGITS_MAX
        ? null
        : number.stripTrailingZeros();
  }

  private static String of(long units, int decimals) {
    return BigDecimal.valueOf(units, decimals).toPlainString();
  }

  /// An object of any fields as JSON text, or null where it is absent or null.
  public @Nullable String optionalJson(String name, int bytesMax) {
    if (isAbsent(name)) {
      return null;
    }
    JsonNode node = object.path(name);
    if (!node.isObject()) {
      reject(name, "must be an object");
      return null;
    }
    String text = node.toString();
    if (text.getBytes(StandardCharsets.UTF_8).length > bytesMax) {
      reject(name, "must be at most " + bytesMax + " bytes of JSON");
      return null;
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      reject(name, "holds half of a surrogate pair");
      return null;
    }
    String number = unreadable(node, name);
    if (number != null) {
      reject(number, "is a number that not every reader of JSON can hold");
      return null;
    }
    return text;
  }

  /// Where a number stands that others would not read as it is written: a whole one beyond a long,
  /// or one beyond a double. Null where there is none.
  private static @Nullable String unreadable(JsonNode node, String where) {
    if (node.isIntegralNumber()) {
      return node.canConvertToLong() ? null : where;
    }
    if (node.isBigDecimal()) {
      return isDouble(node.decimalValue()) ? null : where;
    }
    if (node.isObject()) {
      for (Map.Entry<String, JsonNode> field : node.properties()) {
        String found = unreadable(field.getValue(), where + "/" + field.getKey());
        if (found != null) {
          return found;
        }
      }
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      String found = unreadable(node.get(i), where + "/" + i);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static boolean isDouble(BigDecimal number) {
    if (Math.abs((long) number.scale()) > SCALE_MAX) {
      return false;
    }
    double value = number.doubleValue();
    return Double.isFinite(value) && (value != 0 || number.signum() == 0);
  }

  /// A time that must be there, as [InstantText#find] reads it.
  public Instant instant(String name) {
    String text = text(name, 1, INSTANT_MAX);
    if (text.isEmpty()) {
      return Instant.EPOCH;
    }
    Optional<Instant> instant = InstantText.find(text);
    if (instant.isEmpty()) {
      reject(name, "must be a time such as 2026-12-01T08:00:00Z");
    }
    return instant.orElse(Instant.EPOCH);
  }

  /// The same, or null where it is absent or null.
  public @Nullable Instant optionalInstant(String name) {
    return isAbsent(name) ? null : instant(name);
  }

  /// A flag, or `fallback` where it is absent or null.
  public boolean flag(String name, boolean fallback) {
    JsonNode node = object.path(name);
    if (isAbsent(name)) {
      return fallback;
    }
    if (!node.isBoolean()) {
      reject(name, "must be true or false");
      return fallback;
    }
    return node.booleanValue();
  }

  /// A constant of an enum by its wire name, or `fallback` where it is absent or null.
  public <E extends Enum<E>> E oneOf(String name, E fallback) {
    E value = optionalOneOf(name, fallback.getDeclaringClass());
    return value == null ? fallback : value;
  }

  /// A constant of an enum by its wire name, or null where it is absent or null.
  public <E extends Enum<E>> @Nullable E optionalOneOf(String name, Class<E> type) {
    if (isAbsent(name)) {
      return null;
    }
    String wireName = object.path(name).textValue();
    E constant = wireName == null ? null : WireNames.find(type, wireName).orElse(null);
    if (constant == null) {
      reject(name, "must be one of " + String.join(", ", WireNames.all(type)));
    }
    return constant;
  }

  /// A list of texts; empty where it is absent or null.
  public List<String> texts(String name, int countMax, int min, int max) {
    return list(name, countMax, (node, where) -> textOf(node, where, min, max));
  }

  /// An object, or null where it is absent or null.
  public <T> @Nullable T optionalObject(String name, Function<Input, T> read) {
    JsonNode node = object.path(name);
    if (isAbsent(name)) {
      return null;
    }
    if (!node.isObject()) {
      reject(name, "must be an object");
      return null;
    }
    return read.apply(new Input(node, path + name + "/", errors));
  }

  /// A list of objects; empty where it is absent or null.
  public <T> List<T> objects(String name, int countMax, Function<Input, T> read) {
    return list(
        name,
        countMax,
        (node, where) -> {
          if (!node.isObject()) {
            reject(where, "must be an object");
            return null;
          }
          return read.apply(new Input(node, path + where + "/", errors));
        });
  }

  /// Notes that a field is not valid.
  public void reject(String name, String message) {
    errors.add(new FieldError(path + name, message));
  }

  private interface Reader<T> {
    @Nullable T read(JsonNode node, String where);
  }

  private <T> List<T> list(String name, int countMax, Reader<T> reader) {
    JsonNode node = object.path(name);
    if (isAbsent(name)) {
      return List.of();
    }
    if (!node.isArray()) {
      reject(name, "must be a list");
      return List.of();
    }
    if (node.size() > countMax) {
      reject(name, "must have at most " + countMax + " entries");
      return List.of();
    }
    var items = new ArrayList<T>();
    for (int i = 0; i < node.size(); i++) {
      T item = reader.read(node.get(i), name + "/" + i);
      if (item != null) {
        items.add(item);
      }
    }
    return items;
  }

  private @Nullable String textOf(JsonNode node, String where, int min, int max) {
    if (!node.isTextual()) {
      reject(where, "must be a text");
      return null;
    }
    String text = node.textValue().strip();
    int length = text.codePointCount(0, text.length());
    if (length < min || length > max) {
      reject(where, "must be " + min + " to " + max + " characters long");
      return null;
    }
    if (text.codePoints().anyMatch(Input::isUnusable)) {
      reject(where, "holds control characters or half of a surrogate pair");
      return null;
    }
    if (!text.isEmpty() && !Visible.isVisible(text)) {
      reject(where, "holds nothing that can be seen");
      return null;
    }
    return text;
  }

  /// Control characters but line breaks and tabs, and surrogates without their other half, which
  /// UTF-8 cannot carry.
  private static boolean isUnusable(int codePoint) {
    return (Character.isISOControl(codePoint) && "\n\r\t".indexOf(codePoint) < 0)
        || (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE);
  }

  /// Whether the field is absent or null.
  public boolean isAbsent(String name) {
    return object.path(name).isMissingNode() || object.path(name).isNull();
  }
}

package dev.fireside.shared.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import dev.fireside.shared.ids.Uid;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// JSON as the whole project reads and writes it: strict, limited, instants and durations as ISO
/// 8601, absent fields left out.
public final class Json {
  /// Levels a document may nest.
  public static final int DEPTH_MAX = 32;

  private static final ObjectMapper MAPPER = create();

  private Json() {}

  /// The one mapper. Duplicate keys, deeper nesting than [#DEPTH_MAX] and trailing text are errors.
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  /// Reads a document; null where there is none. Throws [JsonProcessingException] for what is no
  /// JSON, also for a number with an exponent that none can have, which Jackson lets through.
  public static @Nullable JsonNode tree(JsonParser parser) throws IOException {
    try {
      return MAPPER.readTree(parser);
    } catch (ArithmeticException | NumberFormatException e) {
      throw new JsonParseException(parser, "is a number with too large an exponent", e);
    }
  }

  /// Reads a document from a text, as [#tree(JsonParser)] does.
  public static @Nullable JsonNode tree(String text) throws JsonProcessingException {
    try (JsonParser parser = MAPPER.createParser(text)) {
      return tree(parser);
    } catch (JsonProcessingException e) {
      throw e;
    } catch (IOException e) {
      throw new IllegalStateException("A text cannot fail to be read", e);
    }
  }

  private static ObjectMapper create() {
    var factory =
        JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                StreamReadConstraints.builder().maxNestingDepth(DEPTH_MAX).build())
            .build();
    var module = new SimpleModule();
    text(module, Instant.class, InstantText::of, InstantText::parse);
    text(module, Duration.class, Duration::toString, Duration::parse);
    text(module, Uid.class, Uid::value, Uid::new);
    module.addSerializer(
        JsonText.class,
        new StdScalarSerializer<JsonText>(JsonText.class) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(JsonText value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeRawValue(value.serialized());
          }
        });
    return new ObjectMapper(factory)
        .registerModule(module)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        // A number in a body is what was written, not the nearest double.
        .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .setDefaultPropertyInclusion(JsonInclude.Include.NON_NULL);
  }

  /// Writes values of a type as texts, and reads them back with `parse`.
  private static <T> void text(
      SimpleModule module, Class<T> type, Function<T, String> text, Function<String, T> parse) {
    module.addSerializer(
        type,
        new StdScalarSerializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public void serialize(T value, JsonGenerator out, SerializerProvider provider)
              throws IOException {
            out.writeString(text.apply(value));
          }
        });
    module.addDeserializer(
        type,
        new StdScalarDeserializer<T>(type) {
          private static final long serialVersionUID = 1L;

          @Override
          public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
            if (!in.hasToken(JsonToken.VALUE_STRING)) {
              return type.cast(context.handleUnexpectedToken(type, in));
            }
            try {
              return parse.apply(in.getText());
            } catch (IllegalArgumentException | DateTimeException e) {
              throw context.weirdStringException(in.getText(), type, "not one");
            }
          }
        });
  }
}

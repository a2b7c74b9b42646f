package dev.fireside.shared.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FieldsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private final Fields fields = new Fields(all());

  private static Map<String, Object> all() {
    var all = new HashMap<String, Object>();
    all.put("text", "a");
    all.put("number", 7L);
    all.put("fraction", 7.9);
    all.put("flag", true);
    all.put("at", NOON);
    all.put("list", new ArrayList<>(Arrays.asList("a", 1L, null, "b")));
    var inner = new HashMap<String, Object>();
    inner.put("like", 3L);
    inner.put("none", null);
    all.put("map", inner);
    all.put("none", null);
    return all;
  }

  @Test
  void readsFieldsByType() {
    assertThat(fields.text("text")).contains("a");
    assertThat(fields.requiredText("text")).isEqualTo("a");
    assertThat(fields.number("number")).isEqualTo(7);
    assertThat(fields.number("fraction")).isEqualTo(7);
    assertThat(fields.flag("flag")).isTrue();
    assertThat(fields.instant("at")).contains(NOON);
    assertThat(fields.texts("list")).containsExactly("a", "b");
    assertThat(fields.map("map").number("like")).isEqualTo(3);
    assertThat(fields.map("map").names()).containsExactly("like");
    assertThat(fields.names()).contains("text", "none");
  }

  private enum Shade {
    LIGHT_GREY,
    BLACK
  }

  @Test
  void readsConstantsByTheirWireNames() {
    var grey = new Fields(Map.of("shade", "light-grey"));
    assertThat(grey.oneOf("shade", Shade.BLACK)).isEqualTo(Shade.LIGHT_GREY);
    assertThat(grey.oneOf("shade", Shade.class)).contains(Shade.LIGHT_GREY);
    assertThat(grey.requiredOneOf("shade", Shade.class)).isEqualTo(Shade.LIGHT_GREY);
    assertThat(fields.oneOf("missing", Shade.BLACK)).isEqualTo(Shade.BLACK);
    assertThat(fields.oneOf("missing", Shade.class)).isEmpty();
    assertThatIllegalStateException()
        .isThrownBy(() -> fields.requiredOneOf("missing", Shade.class))
        .withMessageContaining("missing");
    assertThatIllegalArgumentException().isThrownBy(() -> fields.oneOf("text", Shade.BLACK));
  }

  @Test
  void missingNullAndDifferentlyTypedFieldsReadAsAbsent() {
    for (String name : List.of("missing", "none", "at")) {
      assertThat(fields.text(name)).isEmpty();
      assertThat(fields.number(name)).isZero();
      assertThat(fields.flag(name)).isFalse();
      assertThat(fields.texts(name)).isEmpty();
      assertThat(fields.map(name).names()).isEmpty();
    }
    assertThat(fields.instant("text")).isEmpty();
  }

  @Test
  void aRequiredTextThatIsMissingIsABrokenAssumption() {
    assertThatIllegalStateException()
        .isThrownBy(() -> fields.requiredText("missing"))
        .withMessageContaining("missing");
  }

  @Test
  void cannotBeChanged() {
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> fields.values().put("a", "b"));
  }

  @Test
  void versionsGrowWithEveryMicrosecond() {
    assertThat(Document.versionOf(NOON.plusNanos(1_000))).isEqualTo(Document.versionOf(NOON) + 1);
    assertThat(Document.versionOf(Instant.parse("2200-01-01T00:00:00Z"))).isLessThan(1L << 53);
    Document document = Document.of("posts/a/comments/b", Map.of(), NOON);
    assertThat(document.id()).isEqualTo("b");
    assertThat(document.version()).isEqualTo(NOON.getEpochSecond() * 1_000_000);
  }
}

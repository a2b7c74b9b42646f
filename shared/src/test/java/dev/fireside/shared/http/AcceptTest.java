package dev.fireside.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AcceptTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/csv",
        "TEXT/CSV; charset=utf-8",
        "text/csv;header=present;q=0.5",
        "text/*",
        "text/csv, */*",
        "text/csv, application/json;q=0.9",
        "application/json ; q=0.2 , text/csv ; q=0.201",
        "*/*, application/json;q=0.1",
        "application/*, text/csv"
      })
  void csvIsPreferred(String accept) {
    assertThat(Accept.prefersCsv(List.of(accept))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "application/json",
        "application/json, text/csv",
        "text/csv;q=0.3, application/json;q=0.301",
        "text/csv;q=0",
        "text/csv;q=0.000, */*",
        "text/*, text/csv;q=0",
        "text/csv;q=2",
        "text/csv;q=\u0661",
        "text/csv;q=",
        "text/csvx",
        "image/png"
      })
  void jsonIsPreferred(String accept) {
    assertThat(Accept.prefersCsv(List.of(accept))).isFalse();
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(Accept.prefersCsv(List.of())).isFalse();
    assertThat(Accept.prefersCsv(List.of("application/json;q=0.5", "text/csv"))).isTrue();
  }
}

package dev.fireside.shared.http;

import com.google.cloud.functions.HttpRequest;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A request made by hand.
record FakeRequest(
    String method,
    String path,
    Map<String, List<String>> headers,
    Map<String, List<String>> parameters,
    String body)
    implements HttpRequest {

  static FakeRequest of(String method, String path) {
    return new FakeRequest(method, path, Map.of(), Map.of(), "");
  }

  FakeRequest header(String name, String... values) {
    var all = new LinkedHashMap<>(headers);
    all.put(name, List.of(values));
    return new FakeRequest(method, path, all, parameters, body);
  }

  FakeRequest parameter(String name, String value) {
    var all = new LinkedHashMap<>(parameters);
    all.put(name, List.of(value));
    return new FakeRequest(method, path, headers, all, body);
  }

  FakeRequest text(String text) {
    return new FakeRequest(method, path, headers, parameters, text);
  }

  @Override
  public String getMethod() {
    return method;
  }

  @Override
  public String getUri() {
    return "http://localhost" + path;
  }

  @Override
  public String getPath() {
    return path;
  }

  @Override
  public Optional<String> getQuery() {
    return Optional.empty();
  }

  @Override
  public Map<String, List<String>> getQueryParameters() {
    return parameters;
  }

  @Override
  public Map<String, HttpPart> getParts() {
    return Map.of();
  }

  @Override
  public Optional<String> getContentType() {
    return getFirstHeader("Content-Type");
  }

  @Override
  public long getContentLength() {
    return body.length();
  }

  @Override
  public Optional<String> getCharacterEncoding() {
    return Optional.empty();
  }

  @Override
  public InputStream getInputStream() {
    return new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public BufferedReader getReader() {
    return new BufferedReader(new InputStreamReader(getInputStream(), StandardCharsets.UTF_8));
  }

  /// Whatever the case of their names, as the Functions Framework has it.
  @Override
  public Map<String, List<String>> getHeaders() {
    var all = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
    all.putAll(headers);
    return all;
  }
}

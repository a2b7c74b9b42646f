package dev.fireside.emulator.database.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fireside.emulator.database.auth.Identity;
import dev.fireside.emulator.database.auth.TokenException;
import dev.fireside.emulator.database.auth.Tokens;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request, read.
///
/// @param method in upper case, as overridden
/// @param path decoded, such as `/a/b.json`
/// @param parameters of the URL; the last of each name
/// @param keepAlive whether more requests may follow
record RestRequest(
    String method,
    String path,
    Map<String, String> parameters,
    HttpHeaders headers,
    String body,
    boolean keepAlive) {
  private static final String BEARER = "Bearer ";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /// How long a read may be asked to take: `3ms`, `3s` or `3min`, up to 15 minutes.
  private static final Pattern TIMEOUT =
      Pattern.compile("0*(\\d{1,6}ms|\\d{1,3}s|[0-9]min|1[0-5]min)");

  private static final Pattern SIZE_LIMIT = Pattern.compile("tiny|small|medium|large|unlimited");

  /// Throws [IllegalArgumentException] for a URL that cannot be decoded.
  static RestRequest of(FullHttpRequest request) {
    var url = new QueryStringDecoder(request.uri());
    Map<String, String> parameters = new HashMap<>();
    url.parameters().forEach((name, values) -> parameters.put(name, values.getLast()));
    String method = request.method().name();
    String override = request.headers().get("X-HTTP-Method-Override");
    return new RestRequest(
        override != null && method.equals("POST") ? override : method,
        url.path(),
        parameters,
        request.headers(),
        request.content().toString(StandardCharsets.UTF_8),
        HttpUtil.isKeepAlive(request));
  }

  /// Refuses parameters that mean nothing.
  void check() throws RestException {
    check("timeout", TIMEOUT);
    check("writeSizeLimit", SIZE_LIMIT);
    check("print", Pattern.compile("pretty|silent"));
    check("format", Pattern.compile("export"));
    check("shallow", Pattern.compile("true|false"));
  }

  private void check(String name, Pattern pattern) throws RestException {
    String value = parameters.get(name);
    if (value != null && !pattern.matcher(value).matches()) {
      throw new RestException(400, "Invalid value for the parameter " + name);
    }
  }

  boolean has(String name, String value) {
    return value.equals(parameters.get(name));
  }

  @Nullable String header(String name) {
    return headers.get(name);
  }

  boolean wantsEvents() {
    return method.equals("GET")
        && headers.get(HttpHeaderNames.ACCEPT, "").contains("text/event-stream");
  }

  /// Who calls, by `auth`, `access_token` or a header.
  Identity who(Tokens tokens) throws RestException {
    String token = token();
    if (token == null) {
      return Identity.NOBODY;
    }
    try {
      return tokens.read(token);
    } catch (TokenException e) {
      throw new RestException(401, String.valueOf(e.getMessage()));
    }
  }

  private @Nullable String token() {
    String header = headers.get(HttpHeaderNames.AUTHORIZATION, "");
    if (header.startsWith(BEARER)) {
      return header.substring(BEARER.length());
    }
    String auth = parameters.get("auth");
    return auth == null ? parameters.get("access_token") : auth;
  }

  /// What was sent.
  JsonNode json() throws RestException {
    try {
      JsonNode json = JSON.readTree(body);
      if (!json.isMissingNode()) {
        return json;
      }
    } catch (JsonProcessingException e) {
      // Refused below.
    }
    throw new RestException(400, "Invalid data; couldn't parse JSON object, array, or value.");
  }
}

package dev.fireside.emulator.database.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fireside.emulator.database.auth.Identity;
import dev.fireside.emulator.database.auth.TokenException;
import dev.fireside.emulator.database.auth.Tokens;
import dev.fireside.emulator.database.engine.SizeLimit;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request, read.
///
/// @param method in upper case, as overridden
/// @param path decoded, such as `/a/b.json`
/// @param parameters of the URL; the last of each name
/// @param keepAlive whether more requests may follow
/// @param atNanos when it came, of [System#nanoTime]
record RestRequest(
    String method,
    String path,
    Map<String, String> parameters,
    HttpHeaders headers,
    String body,
    boolean keepAlive,
    long atNanos) {
  private static final String BEARER = "Bearer ";
  private static final String OVERRIDE = "X-HTTP-Method-Override";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  /// How long a read may be asked to take: `3ms`, `3s` or `3min`, up to 15 minutes.
  private static final Pattern TIMEOUT = Pattern.compile("0*([1-9]\\d{0,5})(ms|s|min)");

  private static final Duration TIMEOUT_MAX = Duration.ofMinutes(15);

  /// Throws [RestException] for a URL or a body that cannot be decoded.
  static RestRequest of(FullHttpRequest request) throws RestException {
    try {
      var url = new QueryStringDecoder(request.uri());
      Map<String, String> parameters = new HashMap<>();
      url.parameters().forEach((name, values) -> parameters.put(name, values.getLast()));
      return new RestRequest(
          method(request, parameters),
          decoded(url.rawPath()),
          parameters,
          request.headers(),
          utf8(request.content().nioBuffer()),
          HttpUtil.isKeepAlive(request),
          System.nanoTime());
    } catch (IllegalArgumentException | IndexOutOfBoundsException | CharacterCodingException e) {
      throw new RestException(400, "The URL or the data is not UTF-8");
    }
  }

  private static String method(FullHttpRequest request, Map<String, String> parameters) {
    String method = request.method().name();
    String override =
        request.headers().get(OVERRIDE, parameters.get(OVERRIDE.toLowerCase(Locale.ROOT)));
    return override != null && method.equals("POST") ? override.toUpperCase(Locale.ROOT) : method;
  }

  /// A path whose escapes must be UTF-8; Netty would replace what is not.
  private static String decoded(String path) throws CharacterCodingException {
    var bytes = ByteBuffer.allocate(path.length());
    for (int i = 0; i < path.length(); i++) {
      boolean escaped = path.charAt(i) == '%';
      bytes.put((byte) (escaped ? HexFormat.fromHexDigits(path, i + 1, i + 3) : path.charAt(i)));
      i += escaped ? 2 : 0;
    }
    return utf8(bytes.flip());
  }

  private static String utf8(ByteBuffer bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
  }

  /// Refuses parameters that mean nothing.
  void check() throws RestException {
    timeout();
    sizeLimit();
    check("print", Pattern.compile("pretty|silent"));
    check("format", Pattern.compile("export"));
    check("shallow", Pattern.compile("true|false"));
  }

  private void check(String name, Pattern pattern) throws RestException {
    String value = parameters.get(name);
    if (value != null && !pattern.matcher(value).matches()) {
      throw invalid(name);
    }
  }

  private static RestException invalid(String parameter) {
    return new RestException(400, "Invalid value for the parameter " + parameter);
  }

  private Duration timeout() throws RestException {
    String value = parameters.get("timeout");
    if (value == null) {
      return TIMEOUT_MAX;
    }
    Matcher written = TIMEOUT.matcher(value);
    if (!written.matches()) {
      throw invalid("timeout");
    }
    long number = Long.parseLong(written.group(1));
    Duration timeout =
        switch (written.group(2)) {
          case "ms" -> Duration.ofMillis(number);
          case "s" -> Duration.ofSeconds(number);
          default -> Duration.ofMinutes(number);
        };
    if (timeout.compareTo(TIMEOUT_MAX) > 0) {
      throw invalid("timeout");
    }
    return timeout;
  }

  /// The same, until the request's time is over.
  JsonGenerator limited(JsonGenerator out) throws RestException, IOException {
    return method.equals("GET") ? new TimedGenerator(out, atNanos + timeout().toNanos()) : out;
  }

  /// How much may be written at once.
  SizeLimit sizeLimit() throws RestException {
    String value = parameters.getOrDefault("writeSizeLimit", "large");
    for (SizeLimit limit : SizeLimit.values()) {
      if (limit.word().equals(value)) {
        return limit;
      }
    }
    throw invalid("writeSizeLimit");
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

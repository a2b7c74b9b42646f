package dev.fireside.emulator.storage.http;

import dev.fireside.emulator.storage.disk.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.fileupload2.core.MultipartInput;
import org.apache.commons.fileupload2.core.ParameterParser;

/// Reads a body of several parts, one after the other, however long they are.
public final class Multipart {
  private final MultipartInput input;
  private boolean begun;

  private Multipart(MultipartInput input) {
    this.input = input;
  }

  /// A part.
  ///
  /// @param headers by their names in lower case
  /// @param body ends where the part ends
  public record Part(Map<String, String> headers, InputStream body) {
    /// A parameter of a header, such as the name in `Content-Disposition: form-data; name="key"`.
    public Optional<String> parameter(String header, String name) {
      return Multipart.parameter(headers.getOrDefault(header, ""), name);
    }
  }

  /// The parts of a call's body. Throws a 400 [Refusal] where its type is none of several parts.
  public static Multipart of(Call call, InputStream body) throws IOException {
    String boundary =
        parameter(call.header("Content-Type").orElse(""), "boundary")
            .orElseThrow(() -> Refusal.invalid("The body has no boundary"));
    try {
      return new Multipart(
          MultipartInput.builder()
              .setInputStream(body)
              .setBoundary(boundary.getBytes(StandardCharsets.ISO_8859_1))
              .get());
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("The body's boundary is not usable");
    }
  }

  /// The next part; throws a 400 [Refusal] where there is none.
  public Part part() throws IOException {
    return next().orElseThrow(() -> Refusal.invalid("The body has too few parts"));
  }

  /// The next part; what was not read of the one before is skipped.
  public Optional<Part> next() throws IOException {
    try {
      boolean more = begun ? input.readBoundary() : input.skipPreamble();
      begun = true;
      if (!more) {
        return Optional.empty();
      }
      Map<String, String> headers = headers(input.readHeaders());
      return Optional.of(new Part(headers, input.newInputStream()));
    } catch (MultipartInput.MalformedStreamException e) {
      throw Refusal.invalid("The body's parts are malformed");
    }
  }

  private static Map<String, String> headers(String lines) {
    var headers = new LinkedHashMap<String, String>();
    for (String line : lines.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private static Optional<String> parameter(String header, String name) {
    var parser = new ParameterParser();
    parser.setLowerCaseNames(true);
    return Optional.ofNullable(parser.parse(header, new char[] {';'}).get(name));
  }
}

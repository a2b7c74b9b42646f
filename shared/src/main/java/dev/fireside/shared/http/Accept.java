package dev.fireside.shared.http;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// What a caller takes, as its `Accept` headers say (RFC 9110, 12.5.1).
final class Accept {
  private static final Pattern WEIGHT = Pattern.compile("0(\\.[0-9]{0,3})?|1(\\.0{0,3})?");
  private static final String CSV = "text/csv";
  private static final String JSON = "application/json";

  private Accept() {}

  /// Whether CSV is wanted more than JSON: at equal weights only where it is named more exactly.
  ///
  /// @param headers the headers of this name; none takes JSON
  static boolean prefersCsv(List<String> headers) {
    Match csv = Match.NONE;
    Match json = Match.NONE;
    for (String header : headers) {
      for (String range : header.split(",", -1)) {
        csv = csv.or(match(range, CSV));
        json = json.or(match(range, JSON));
      }
    }
    return csv.thousandths > 0
        && (csv.thousandths > json.thousandths
            || (csv.thousandths == json.thousandths && csv.exactness > json.exactness));
  }

  /// How a range meets a type.
  ///
  /// @param exactness 3 for the type itself, 2 for `text/*`, 1 for `*/*`, 0 for not at all
  /// @param thousandths its weight
  private record Match(int exactness, int thousandths) {
    static final Match NONE = new Match(0, 0);

    /// Of two ranges the more exact one holds, whichever comes first.
    Match or(Match other) {
      return other.exactness > exactness ? other : this;
    }
  }

  private static Match match(String range, String type) {
    String[] parts = range.split(";", -1);
    int exactness = exactness(parts[0].strip().toLowerCase(Locale.ROOT), type);
    for (int i = 1; i < parts.length && exactness > 0; i++) {
      String parameter = parts[i].strip().toLowerCase(Locale.ROOT);
      if (parameter.startsWith("q=")) {
        String weight = parameter.substring(2).strip();
        return WEIGHT.matcher(weight).matches()
            ? new Match(exactness, thousandths(weight))
            : Match.NONE;
      }
    }
    return exactness == 0 ? Match.NONE : new Match(exactness, 1_000);
  }

  private static int exactness(String range, String type) {
    if (range.equals(type)) {
      return 3;
    }
    if (range.equals(type.substring(0, type.indexOf('/')) + "/*")) {
      return 2;
    }
    return range.equals("*/*") ? 1 : 0;
  }

  private static int thousandths(String weight) {
    String digits = weight.replace(".", "");
    return Integer.parseInt(digits + "000".substring(digits.length() - 1));
  }
}

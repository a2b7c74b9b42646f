package dev.fireside.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import dev.fireside.emulator.testing.TestHttp.Caller;
import dev.fireside.shared.auth.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every route answers each role as `docs/routes.md` says.
class RoutesIT {
  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .with(
              Map.of(
                  "RATE_LIMIT_ANONYMOUS", "10000",
                  "INVENTORY_TRANSFERS", "true",
                  "REVENUECAT_WEBHOOK_SECRET", "a-secret-of-revenuecat",
                  "STRIPE_WEBHOOK_SECRET", "whsec_platform",
                  "STRIPE_CONNECT_WEBHOOK_SECRET", "whsec_connect"));

  private static final Path TABLE = Path.of("..", "docs", "routes.md");

  record Row(String method, String path, Map<String, Integer> statuses) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  static Stream<Row> rows() throws IOException {
    return Files.readAllLines(TABLE).stream()
        .filter(line -> line.matches("\\| (GET|POST|PUT|PATCH|DELETE) \\|.*"))
        .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
        .map(RoutesIT::row);
  }

  private static Row row(List<String> cells) {
    var statuses = new LinkedHashMap<String, Integer>();
    statuses.put("anonymous", Integer.parseInt(cells.get(4)));
    statuses.put("user", Integer.parseInt(cells.get(5)));
    statuses.put("moderator", Integer.parseInt(cells.get(6)));
    statuses.put("admin", Integer.parseInt(cells.get(7)));
    return new Row(cells.get(1), cells.get(2).replace("`", ""), statuses);
  }

  @BeforeAll
  static void people() {
    for (String uid : List.of("user", "moderator", "admin")) {
      fireside.http().as(uid).post("/api/users", Map.of("handle", uid, "displayName", uid));
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answersEachRoleAsTheTableSays(Row row) {
    // Deleting and signing out would end the callers of the other rows.
    boolean ending = row.path().contains("/me") && !row.method().equals("GET");
    row.statuses()
        .forEach((role, expected) -> {
          Reply reply =
              caller(role, ending ? "-" + row.path().length() + row.method() : "")
                  .send(row.method(), sample(row), null);
          if (expected == 401 || expected == 403) {
            assertThat(reply.status()).as(role).isEqualTo(expected);
          } else {
            // 503: a provider that is not configured here.
            assertThat(reply.status()).as(role).isNotIn(401, 403, 500);
          }
        });
  }

  private static Caller caller(String role, String suffix) {
    String uid = role + suffix;
    return switch (role) {
      case "user" -> fireside.http().as(uid);
      case "moderator" -> fireside.http().as(uid, Role.MODERATOR);
      case "admin" -> fireside.http().as(uid, Role.ADMIN);
      default -> fireside.http().anonymous();
    };
  }

  /// A path of the template that means nobody's things.
  private static String sample(Row row) {
    String id = row.path().startsWith("/api/users") ? "nobody" : "01JD0000000000000000000000";
    return row.path().replaceAll("\\{[a-z]+}", id);
  }
}

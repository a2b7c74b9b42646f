package dev.fireside.acceptance.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.shared.auth.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every route answers each role with exactly the status of `docs/routes.md`, when it is called
/// with what it asks for.
class RoutesIT {
  private static final StripeStub STRIPE = new StripeStub();

  @RegisterExtension
  static final FiresideExtension fireside =
      FiresideExtension.create()
          .with(
              Map.of(
                  "RATE_LIMIT_ANONYMOUS",
                  "10000",
                  "INVENTORY_TRANSFERS",
                  "true",
                  "REVENUECAT_WEBHOOK_SECRET",
                  PaymentCalls.REVENUECAT_SECRET,
                  "STRIPE_WEBHOOK_SECRET",
                  PaymentCalls.STRIPE_SECRET,
                  "STRIPE_CONNECT_WEBHOOK_SECRET",
                  PaymentCalls.CONNECT_SECRET,
                  "STRIPE_API_KEY",
                  "sk_test_of_the_routes",
                  "STRIPE_PAYOUTS_API_KEY",
                  "sk_test_of_the_payouts",
                  "STRIPE_API_BASE",
                  STRIPE.base()));

  private static final Path TABLE = Path.of("..", "docs", "routes.md");
  private static final Map<String, RouteCall> CALLS = new HashMap<>();

  private static Cast cast;
  private static PaymentCalls payments;

  /// @param statuses by role, in the order of the columns
  record Row(String route, String access, Map<String, Integer> statuses) {
    @Override
    public String toString() {
      return route;
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
    return new Row(cells.get(1) + " " + cells.get(2).replace("`", ""), cells.get(3), statuses);
  }

  @BeforeAll
  static void fillTheWorld() {
    cast = new Cast(fireside);
    CALLS.putAll(new AccountCalls(cast).all());
    CALLS.putAll(new PostCalls(cast).all());
    CALLS.putAll(new ChatCalls(cast).all());
    CALLS.putAll(new BoardCalls(cast).all());
    CALLS.putAll(new GameCalls(cast).all());
    CALLS.putAll(new PresenceCalls().all());
    CALLS.putAll(new UploadCalls(fireside.platform()).all());
    fireside.settle();
    payments = new PaymentCalls(cast);
    CALLS.putAll(payments.all());
    fireside.settle();
  }

  @AfterAll
  static void end() {
    STRIPE.close();
  }

  @Test
  void everyRowHasACallAndEveryCallARow() throws IOException {
    List<String> routes = rows().map(Row::route).toList();
    assertThat(routes).allSatisfy(route -> assertThat(call(route)).as(route).isNotNull());
    assertThat(routes).containsAll(CALLS.keySet());
  }

  /// The call of a route. A GET of a path without parameters needs nothing.
  private static RouteCall call(String route) {
    String path = route.substring(route.indexOf(' ') + 1);
    return route.startsWith("GET ") && !path.contains("{")
        ? CALLS.getOrDefault(route, who -> who.caller().get(path))
        : CALLS.get(route);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void answersEachRoleAsTheTableSays(Row row) {
    RouteCall call = call(row.route());
    row.statuses()
        .forEach((role, expected) -> {
          var reply = call.by(who(role));
          assertThat(reply.status()).as("%s: %s", role, reply.body()).isEqualTo(expected);
        });
  }

  @ParameterizedTest
  @MethodSource("signedRows")
  void takesWhatAProviderSigned(Row row) {
    var reply = payments.signed(row.route());
    assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
  }

  static Stream<Row> signedRows() throws IOException {
    return rows().filter(row -> row.access().equals("SIGNED"));
  }

  private static Who who(String role) {
    return switch (role) {
      case "user" -> cast.person("user");
      case "moderator" -> cast.person("moderator", Role.MODERATOR);
      case "admin" -> cast.person("admin", Role.ADMIN);
      default -> cast.nobody();
    };
  }
}

package dev.fireside.emulator.storage.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StorageRulesTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Documents DOCUMENTS =
      (bucket, path) ->
          path.equals("/databases/(default)/documents/users/ann")
              ? Optional.of(Map.of("premium", true, "friends", List.of("bob")))
              : Optional.empty();

  private static String rules(String inner) {
    return "rules_version = '2'; service firebase.storage { match /b/{bucket}/o { "
        + inner
        + " } }";
  }

  private static boolean allows(String rules, Method method, String name, @Nullable String uid) {
    Map<String, Object> auth =
        uid == null
            ? null
            : Map.of("uid", uid, "token", Map.of("email", uid + "@example.com", "level", 7L));
    Map<String, Object> object =
        Map.of("size", 100L, "contentType", "image/png", "metadata", Map.of("owner", "ann"));
    return StorageRules.parse(rules)
        .allow(new StorageRules.Request(method, "main", name, auth, object, null, NOON), DOCUMENTS);
  }

  private static boolean holds(String condition) {
    return allows(
        rules("match /{file=**} { allow get: if " + condition + "; }"),
        Method.GET,
        "users/ann/a.png",
        "ann");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/{all=**} | a/b/c | true",
        "/users/{uid} | users/ann | true",
        "/users/{uid} | users/ann/x | false",
        "/users/{uid}/{rest=**} | users/ann | true",
        "/users/{uid}/{rest=**} | users/ann/x/y | true",
        "/users/{uid}/{rest=**} | other/ann | false",
        "/a | a | true",
        "/a | b | false"
      })
  void matchesPaths(String pattern, String name, boolean matches) {
    assertThat(allows(rules("match " + pattern + " { allow read; }"), Method.GET, name, null))
        .isEqualTo(matches);
  }

  @Test
  void blocksInBlocksAndFunctions() {
    String rules =
        rules(
            """
            function signedIn() { return request.auth != null; }
            match /users/{uid} {
              function own(user) { let same = user == uid; return signedIn() && same; }
              match /private/{file} { allow read: if own(request.auth.uid); }
              allow write: if false;
              match /{file} { allow create: if own(request.auth.uid); }
            }
            """);
    assertThat(allows(rules, Method.GET, "users/ann/private/x", "ann")).isTrue();
    assertThat(allows(rules, Method.LIST, "users/ann/private/x", "ann")).isTrue();
    assertThat(allows(rules, Method.GET, "users/ann/private/x", "bob")).isFalse();
    assertThat(allows(rules, Method.GET, "users/ann/private/x", null)).isFalse();
    assertThat(allows(rules, Method.CREATE, "users/ann/x", "ann")).isTrue();
    assertThat(allows(rules, Method.UPDATE, "users/ann/x", "ann")).isFalse();
    assertThat(allows(rules, Method.DELETE, "users/ann/x", "ann")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true || request.nothing.at.all",
        "request.nothing == 1 || true",
        "!(request.nothing == 1 && false)",
        "1 + 2 * 3 == 7 && (1 + 2) * 3 == 9",
        "7 / 2 == 3 && 7 % 2 == 1 && 7.0 / 2 == 3.5 && -1 < 0",
        "1 == 1.0 && 'a' + 'b' == 'ab'",
        "'b' in ['a', 'b'] && 'k' in {'k': 1}",
        "request.auth.uid == 'ann' && request.auth.token.level >= 5",
        "request.auth.token.email.matches('.*@example[.]com')",
        "!request.auth.token.email.matches('example')",
        "request.resource.size < 5 * 1024 * 1024",
        "request.resource.contentType.split('/')[0] == 'image'",
        "request.resource.metadata.owner == request.auth.uid",
        "request.resource.metadata.get('none', 'x') == 'x'",
        "request.resource.metadata.keys().hasOnly(['owner', 'other'])",
        "resource == null",
        "request.method == 'get' && request.method in ['get', 'list']",
        "request.time.year() == 2026 && request.time.hours() == 12",
        "request.time < timestamp.date(2027, 1, 1)",
        "request.time + duration.value(1, 'd') > request.time",
        "request.path[0] == 'b' && request.path is path",
        "file[2] == 'a.png'",
        "bucket == 'main'",
        "'abc'.size() == 3 && 'AbC'.lower() == 'abc' && 'abc'[1:3] == 'bc'",
        "['a', 'b'].hasAll(['a']) && ['a'].hasAny(['a', 'c']) && ['a', 'b'].join('-') == 'a-b'",
        "[1, 2].concat([3]).size() == 3 && [1, 1].toSet().size() == 1",
        "request.auth.uid is string && request.resource.size is int && null is null",
        "firestore.exists(/databases/(default)/documents/users/$(request.auth.uid))",
        "firestore.get(/databases/(default)/documents/users/$(request.auth.uid)).data.premium",
        "'bob' in firestore.get(/databases/(default)/documents/users/ann).data.friends",
        "!firestore.exists(/databases/(default)/documents/users/eve)",
        "math.floor(2.7) == 2 && int('7') == 7 && string(7) == '7'",
        "(request.auth != null ? request.auth.uid : 'x') == 'ann' /* why not */",
        "'it\\'s' == \"it's\""
      })
  void conditionsHold(String condition) {
    assertThat(holds(condition)).as(condition).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "false",
        "1",
        "'true'",
        "null",
        "request.nothing",
        "request.auth.uid",
        "request.nothing == 1",
        "request.nothing != 1",
        "1 + 'a' == '1a'",
        "1 / 0 == 0",
        "9223372036854775807 + 1 > 0",
        "'a' < 1",
        "resource.size > 0",
        "unknown()",
        "unknownVariable",
        "'a'.unknown()",
        "'a'.matches('(')",
        "[1][5] == 1",
        "firestore.get(/databases/(default)/documents/users/eve).data.premium",
        "firestore.get('x')",
        "'1' == 1",
        "true && request.nothing"
      })
  void whatHasNoValueOrIsNotTrueDenies(String condition) {
    assertThat(holds(condition)).as(condition).isFalse();
  }

  @Test
  void functionsThatCallThemselvesEnd() {
    String rules =
        rules("function f(x) { return f(x); } match /{a=**} { allow read: if f(1) || true; }");
    assertThat(allows(rules, Method.GET, "a", null)).isTrue();
  }

  @Test
  void regularExpressionsTakeNoLongerThanTheText() {
    assertThat(holds("('" + "a".repeat(5_000) + "!').matches('(a+)+')")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "service cloud.firestore {} | Line 1, column 9",
        "rules_version = '1'; | rules_version",
        "service firebase.storage { match /a { allow read } } | `;` is missing",
        "service firebase.storage { match /a { allow fly; } } | no method fly",
        "service firebase.storage { match /a { allow read: true; } } | `if` is missing",
        "service firebase.storage { match /a { allow read: if (1; } } | `)` is missing",
        "service firebase.storage { match /a { allow read: if 'x; } } | The rules end here",
        "service firebase.storage { match /{a=**}/b { } } | after {…=**}",
        "service firebase.storage { match /a { allow read: if a is thing; } } | no type thing",
        "service firebase.storage { match /a {  | must come here",
        "service firebase.storage { } x | after the service"
      })
  void sayWhereTheyCannotBeRead(String text, String message) {
    assertThatThrownBy(() -> StorageRules.parse(text))
        .isInstanceOf(RulesSyntaxException.class)
        .hasMessageContaining(message);
  }

  @Test
  void nameTheLine() {
    assertThatThrownBy(() ->
            StorageRules.parse("service firebase.storage {\n  match /a {\n    alow read;\n  }\n}"))
        .hasMessageContaining("Line 3, column 5");
  }
}

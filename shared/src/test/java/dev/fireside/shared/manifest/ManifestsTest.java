package dev.fireside.shared.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ManifestsTest {
  /// A class path with these manifests on it, named `memory:/0`, `memory:/1` and so on.
  private static final class ClassPath extends ClassLoader {
    private final List<String> manifests;

    ClassPath(String... manifests) {
      super(null);
      this.manifests = List.of(manifests);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      assertThat(name).isEqualTo(Manifests.RESOURCE);
      var urls = new ArrayList<URL>();
      for (int i = 0; i < manifests.size(); i++) {
        String text = manifests.get(i);
        urls.add(URL.of(URI.create("memory:/" + i), new InMemory(text)));
      }
      return Collections.enumeration(urls);
    }
  }

  private static final class InMemory extends URLStreamHandler {
    private final String text;

    InMemory(String text) {
      this.text = text;
    }

    @Override
    protected URLConnection openConnection(URL url) {
      return new URLConnection(url) {
        @Override
        public void connect() {}

        @Override
        public InputStream getInputStream() {
          return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }
      };
    }
  }

  private static String module(String entries) {
    return "module: things\nfunctions:\n" + entries.indent(2);
  }

  private static String entry(String line) {
    return module("- {name: things, class: a.B, trigger: {http: [/api/things]}, " + line + "}");
  }

  private static List<EntryPoint> load(String... manifests) {
    return Manifests.load(new ClassPath(manifests));
  }

  private static String problems(String... manifests) {
    ManifestException e = catchThrowableOfType(ManifestException.class, () -> load(manifests));
    assertThat(e).as("a refusal").isNotNull();
    return String.valueOf(e.getMessage());
  }

  @Test
  void readsEveryTriggerWithItsDefaults() {
    List<EntryPoint> entries =
        load(
            module(
                """
                - {name: things, class: a.Things, trigger: {http: [/api/things, /api/stuff]}}
                - name: things-on-written
                  class: a.OnWritten
                  trigger: {firestore: {document: "things/{id}/parts/{part}", event: written}}
                  concurrency: 10
                  timeout: 540
                  jit: c2
                - name: things-on-seen
                  class: a.OnSeen
                  trigger: {rtdb: {ref: "seen/{id}", event: updated}}
                - name: things-on-uploaded
                  class: a.OnUploaded
                  trigger: {storage: {bucket: uploads, event: finalized}}
                """),
            """
            module: chores
            functions:
              - {name: chores-nightly, class: c.D, memory: 1Gi, cpu: 2, secrets: [TOKEN],
                 trigger: {schedule: {cron: "0 3 * * *", timeZone: Europe/Berlin}}}
              - {name: chores-do, class: c.E, trigger: {pubsub: {topic: chores}}, minInstances: 1}
            """);

    assertThat(entries)
        .extracting(EntryPoint::name)
        .containsExactly(
            "chores-do",
            "chores-nightly",
            "things",
            "things-on-seen",
            "things-on-uploaded",
            "things-on-written");
    assertThat(entries.get(2))
        .isEqualTo(
            new EntryPoint(
                "things",
                "things",
                "a.Things",
                new Trigger.Http(List.of("/api/things", "/api/stuff")),
                "512Mi",
                1,
                80,
                0,
                100,
                Duration.ofSeconds(60),
                Jit.C1,
                List.of()));
    assertThat(entries.get(1).trigger())
        .isEqualTo(new Trigger.Schedule("0 3 * * *", ZoneId.of("Europe/Berlin")));
    assertThat(entries.get(1).secrets()).containsExactly("TOKEN");
    assertThat(entries.get(5).jit()).isEqualTo(Jit.C2);
    assertThat(entries.get(0).trigger()).isEqualTo(new Trigger.PubSub("chores"));
    assertThat(entries.get(5).trigger())
        .isEqualTo(new Trigger.FirestoreDocument("things/{id}/parts/{part}", "written"));
    assertThat(((Trigger.FirestoreDocument) entries.get(5).trigger()).eventType())
        .isEqualTo("google.cloud.firestore.document.v1.written");
    assertThat(entries.get(3).trigger())
        .isEqualTo(new Trigger.RealtimeRef("seen/{id}", "updated", null));
    assertThat(((Trigger.RealtimeRef) entries.get(3).trigger()).eventType())
        .isEqualTo("google.firebase.database.ref.v1.updated");
    assertThat(entries.get(4).trigger())
        .isEqualTo(new Trigger.StorageObject("uploads", "finalized"));
    assertThat(((Trigger.StorageObject) entries.get(4).trigger()).eventType())
        .isEqualTo("google.cloud.storage.object.v1.finalized");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "memory: 512 | memory",
        "memory: 512MB | memory",
        "cpu: 0 | cpu",
        "cpu: half | cpu",
        "concurrency: 1001 | concurrency",
        "minInstances: -1 | minInstances",
        "maxInstances: 0 | maxInstances",
        "minInstances: 5, maxInstances: 4 | minInstances",
        "timeout: 3601 | timeout",
        "timeout: 60s | timeout",
        "jit: c3 | jit",
        "jit: 2 | jit",
        "secrets: TOKEN | secrets",
        "secrets: [1] | secrets",
        "retries: 3 | retries"
      })
  void namesTheFileTheEntryAndTheWrongKey(String line, String key) {
    assertThat(problems(entry(line))).contains("memory:/0: things ", key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{http: []} | http",
        "{http: /api/x} | http",
        "{http: [api/x]} | api/x",
        "{http: [/api/x/]} | /api/x/",
        "{http: ['/api/{id}']} | http",
        "{firestore: {document: 'a/{id}'}} | event",
        "{firestore: {document: 'a/{id}', event: changed}} | event",
        "{firestore: {event: written}} | document",
        "{firestore: {document: a, event: written}} | document",
        "{firestore: {document: /a/b, event: written}} | document",
        "{rtdb: {ref: 'a/{id}'}} | event",
        "{rtdb: {ref: 'a/{id}', event: changed}} | event",
        "{rtdb: {event: written}} | ref",
        "{rtdb: {ref: /a, event: written}} | ref",
        "{rtdb: {ref: 'a/{id}b', event: written}} | ref",
        "{rtdb: {ref: a.b, event: written}} | ref",
        "{rtdb: {ref: a, event: written, instance: A/B}} | instance",
        "{rtdb: {ref: a, event: written, instance: }} | instance",
        "{rtdb: {ref: a, event: written, region: b}} | region",
        "{auth: {}} | event",
        "{auth: {event: written}} | event",
        "{auth: {event: deleted, tenant: a}} | tenant",
        "{storage: {bucket: uploads}} | event",
        "{storage: {bucket: uploads, event: written}} | event",
        "{storage: {event: finalized}} | bucket",
        "{storage: {bucket: my-app.appspot.com, event: finalized}} | bucket",
        "{storage: {bucket: media, event: deleted, prefix: a}} | prefix",
        "{pubsub: {}} | topic",
        "{pubsub: {topic: a, filter: b}} | filter",
        "{schedule: {cron: '0 3 * *', timeZone: UTC}} | cron",
        "{schedule: {cron: '0 3 * * *', timeZone: Mars}} | timeZone",
        "{schedule: {cron: '0 3 * * *', timezone: UTC}} | timezone",
        "{queue: {topic: a}} | queue",
        "{http: [/a], pubsub: {topic: a}} | trigger",
        "nothing | trigger"
      })
  void namesWhatIsWrongWithATrigger(String trigger, String key) {
    assertThat(problems(module("- {name: things, class: a.B, trigger: " + trigger + "}")))
        .contains("memory:/0: things ", key);
  }

  @Test
  void eventFunctionsHaveNineMinutes() {
    assertThat(
            problems(
                module("- {name: t, class: a.B, timeout: 541, trigger: {pubsub: {topic: t}}}")))
        .contains("`timeout` must be a whole number from 1 to 540");
  }

  @Test
  void namesAndPathsBelongToOneFunction() {
    String other =
        """
        module: others
        functions:
          - {name: things, class: c.D, trigger: {pubsub: {topic: t}}}
          - {name: others, class: c.E, trigger: {http: [/api/others, /api/things]}}
        """;

    assertThat(problems(entry("cpu: 1"), other))
        .contains(
            "name things belongs to both things and things",
            "path /api/things belongs to both things and others");
  }

  @Test
  void readsJobs() {
    String manifest =
        """
        module: things
        jobs:
          - {name: maker, class: a.Maker, startedBy: [others], cpu: 4, memory: 8Gi, timeout: 86400}
        """;

    assertThat(Manifests.jobs(new ClassPath(manifest)))
        .containsExactly(
            new JobEntry(
                "maker",
                "things",
                "a.Maker",
                List.of("others"),
                "8Gi",
                4,
                Duration.ofDays(1),
                List.of()));
    assertThat(load(manifest)).isEmpty();
    assertThat(
            problems(
                manifest, "module: a\njobs: [{name: maker, class: B, timeout: 86401, trigger: x}]"))
        .contains("`startedBy`", "`timeout`", "trigger");
  }

  @Test
  void tellsEveryProblemOfEveryFileAtOnce() {
    assertThat(
            problems(
                entry("cpu: 0, timeout: 0"),
                "module: [",
                "functions: []",
                "module: a\nfunctions: [1]"))
        .contains(
            "memory:/0: things `cpu`",
            "memory:/0: things `timeout`",
            "memory:/1: is not YAML",
            "memory:/2: needs `module` and a list `functions` or `jobs`",
            "memory:/3: an entry of `functions` is not a map");
  }

  @ParameterizedTest
  @CsvSource(value = {"Things", "things_1", "1things", "''", "~"})
  void refusesNamesThatNoServiceCanHave(String name) {
    assertThat(problems(module("- {name: " + name + ", class: a.B, trigger: {http: [/a]}}")))
        .contains("`name`");
  }

  @Test
  void refusesDuplicateAndUnknownKeys() {
    assertThat(problems("module: a\nmodule: b\nfunctions: []")).contains("is not YAML");
    assertThat(problems("module: a\nfunctions: []\nregion: x")).contains("memory:/0", "region");
  }

  @Test
  void aClassPathWithoutManifestsHasNoFunctions() {
    assertThat(load()).isEmpty();
  }

  @Test
  void aProcessOfOneFunctionParsesOnlyTheManifestsThatMentionIt() {
    var classPath = new ClassPath("no: [manifest", entry("timeout: 10"));

    assertThat(Manifests.load(classPath, "a.B"))
        .extracting(EntryPoint::name)
        .containsExactly("things");
  }

  @Test
  void aTargetThatNoManifestMentionsLeavesAllToChooseFrom() {
    var classPath = new ClassPath(entry("timeout: 10"));

    assertThat(Manifests.load(classPath, "thingz"))
        .extracting(EntryPoint::name)
        .containsExactly("things");
  }
}

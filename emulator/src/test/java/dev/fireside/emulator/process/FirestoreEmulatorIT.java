package dev.fireside.emulator.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FirestoreEmulatorIT {
  @Test
  void keepsTheDocumentsOfEachProjectApart() throws Exception {
    try (FirestoreEmulator emulator = FirestoreEmulator.start(0)) {
      Documents one = new Documents(emulator.address(), "one");
      Documents two = new Documents(emulator.address(), "two");
      one.write("posts/1", 1);
      assertThat(one.exists("posts/1")).isTrue();
      assertThat(two.exists("posts/1")).isFalse();
    }
  }

  @Test
  void enforcesTheRules(@TempDir Path folder) throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("firestore.rules"),
            """
            rules_version = '2';
            service cloud.firestore {
              match /databases/{database}/documents {
                match /posts/{id} {
                  allow read: if true;
                }
              }
            }
            """);
    try (FirestoreEmulator emulator = FirestoreEmulator.start(0, rules, null)) {
      Documents documents = new Documents(emulator.address(), "demo");
      documents.write("posts/1", 1);
      assertThat(documents.writeAsStranger("posts/1")).isEqualTo(403);
    }
  }

  @Test
  void saysWhatIsWrongWithItsArguments(@TempDir Path folder) {
    assertThatThrownBy(() -> FirestoreEmulator.start(0, folder.resolve("missing.rules"), null))
        .isInstanceOf(StartUpException.class)
        .hasMessageContaining("missing.rules");
  }

  @Test
  void endsWhenClosed() {
    FirestoreEmulator emulator = FirestoreEmulator.start(0);
    emulator.close();
    assertThat(emulator.isAlive()).isFalse();
    assertThat(Ports.isFree(emulator.port())).isTrue();
  }
}

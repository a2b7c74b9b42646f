package dev.fireside.emulator.storage;

import dev.fireside.emulator.database.NodeSdk;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The official JavaScript SDK against the server: each script of `src/test/js` checks what it
/// sees.
class JavaScriptSdkIT {
  @TempDir static Path folder;

  @RegisterExtension final LocalStorage local = new LocalStorage(folder);

  @ParameterizedTest
  @ValueSource(strings = {"storage-objects", "storage-uploads", "storage-rights"})
  void agreesWith(String script) throws Exception {
    NodeSdk.run(script + ".mjs", local.server().address(), LocalStorage.BUCKET);
  }
}

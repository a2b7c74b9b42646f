package dev.fireside.emulator.storage.firebase;

import dev.fireside.emulator.storage.rules.RulesSyntaxException;
import dev.fireside.emulator.storage.rules.StorageRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The rules of a file, read again when it changes.
public final class RulesFile {
  private static final Logger log = LoggerFactory.getLogger(RulesFile.class);

  private final Path file;
  private FileTime readAt;
  private StorageRules rules;

  /// Throws [RulesSyntaxException] for rules that cannot be read.
  public RulesFile(Path file) throws IOException {
    this.file = file;
    this.readAt = Files.getLastModifiedTime(file);
    this.rules = StorageRules.parse(Files.readString(file));
  }

  /// The rules as they are now. Where they cannot be read since they changed, the ones before hold.
  synchronized StorageRules rules() {
    try {
      FileTime changed = Files.getLastModifiedTime(file);
      if (!changed.equals(readAt)) {
        readAt = changed;
        rules = StorageRules.parse(Files.readString(file));
        log.info("Read {} again", file.getFileName());
      }
    } catch (IOException | RulesSyntaxException e) {
      log.error("{} cannot be read, the rules before hold: {}", file.getFileName(), e.getMessage());
    }
    return rules;
  }
}

package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.rules.RulesException;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The file with the rules of all databases, read again when it changes.
public final class RulesFile {
  private static final Logger log = LoggerFactory.getLogger(RulesFile.class);
  private static final long LOOK_MS = 500;

  private final @Nullable Path file;
  private volatile RulesText current;
  private String seen;

  /// Reads the file. Throws [RulesException] for a mistake in it.
  ///
  /// @param file null allows everybody everything
  public RulesFile(@Nullable Path file) {
    this.file = file;
    this.current = file == null ? RulesText.OPEN : RulesText.parse(read(file));
    this.seen = current.text();
  }

  /// What holds in databases that have no rules of their own.
  public RulesText current() {
    return current;
  }

  /// Looks for changes from now on, and has all databases follow them.
  @SuppressWarnings("FutureReturnValueIgnored") // Ends with the executor.
  public void watch(EventExecutor executor, Databases databases) {
    if (file != null) {
      Path known = file;
      executor.scheduleWithFixedDelay(
          () -> look(known, databases), LOOK_MS, LOOK_MS, TimeUnit.MILLISECONDS);
    }
  }

  private void look(Path known, Databases databases) {
    try {
      String text = read(known);
      if (text.equals(seen)) {
        return;
      }
      seen = text;
      current = RulesText.parse(text);
      RulesText rules = current;
      databases.all().forEach(each -> each.execute(() -> each.followRules(rules)));
      log.info("{} has changed: its rules hold from now on", known);
    } catch (RulesException e) {
      log.warn("{} has a mistake, the rules stay as they were. {}", known, e.getMessage());
    } catch (UncheckedIOException e) {
      log.debug("{} cannot be read now", known, e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The rules cannot be read from " + file, e);
    }
  }
}

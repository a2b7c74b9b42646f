package dev.fireside.emulator.database.engine;

import dev.fireside.emulator.database.tree.InvalidDataException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/// All databases of a server, by name; each is made when it is first named.
public final class Databases {
  /// How many a server holds.
  static final int COUNT_MAX = 10_000;

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

  private final Map<String, Database> byName = new ConcurrentHashMap<>();
  private final Function<String, Database> make;

  public Databases(Function<String, Database> make) {
    this.make = make;
  }

  /// The database of a name. Throws [InvalidDataException] for a name that none has.
  public Database get(String namespace) {
    Database found = byName.get(namespace);
    if (found != null) {
      return found;
    }
    if (!NAME.matcher(namespace).matches() || byName.size() >= COUNT_MAX) {
      throw new InvalidDataException("Invalid database name");
    }
    return byName.computeIfAbsent(namespace, make);
  }

  /// Those that have been named.
  public Collection<Database> all() {
    return byName.values();
  }
}

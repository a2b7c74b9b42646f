package dev.fireside.emulator.database.tree;

/// What children are ordered by; ties are ordered by key.
public sealed interface Index {
  /// What a child is sorted by.
  Node sort(Node child);

  record Key() implements Index {
    @Override
    public Node sort(Node child) {
      return Node.empty();
    }
  }

  record Value() implements Index {
    @Override
    public Node sort(Node child) {
      return child;
    }
  }

  record Priority() implements Index {
    @Override
    public Node sort(Node child) {
      return child.priority();
    }
  }

  /// By the value at a path below each child.
  record Child(Path path) implements Index {
    @Override
    public Node sort(Node child) {
      return child.at(path);
    }
  }

  /// Reads `.key`, `.value`, `.priority` or a path.
  static Index parse(String text) {
    return switch (text) {
      case ".key" -> new Key();
      case ".value" -> new Value();
      case Keys.PRIORITY -> new Priority();
      default -> {
        Path path = Path.parse(text);
        if (path.isRoot() || path.endsInPriority()) {
          throw new InvalidDataException("\"%s\" is no path to order by".formatted(text));
        }
        yield new Child(path);
      }
    };
  }
}

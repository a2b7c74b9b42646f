package dev.fireside.shared.http;

import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.lists.Part;
import dev.fireside.shared.load.Errand;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The columns of a list as CSV (RFC 4180: a header row, CRLF, quotes where they are needed;
/// UTF-8). A route declares its sheet once; [Request#list] answers with it.
///
/// Spreadsheets run cells that begin with `=`, `+`, `-` or `@` as formulas, and texts come from
/// strangers: such a text gets an apostrophe in front. Numbers stay numbers.
///
/// @param <T> a thing of the list
public final class Sheet<T> {
  /// Things that are read at a time.
  private static final int ROWS_READ = 500;

  private static final String FORMULA_STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20";

  private final String name;
  private final List<String> titles;
  private final Function<T, List<List<@Nullable Object>>> rows;

  private Sheet(String name, List<String> titles, Function<T, List<List<@Nullable Object>>> rows) {
    this.name = name;
    this.titles = List.copyOf(titles);
    this.rows = rows;
  }

  /// Begins a sheet of one row for each thing.
  ///
  /// @param name of the file, without `.csv`: letters, digits and `-`
  public static <T> Columns<T> named(String name) {
    return new Columns<>(name);
  }

  /// The columns of a sheet, while they are declared.
  public static final class Columns<T> {
    private final String name;
    private final List<String> titles = new ArrayList<>();
    private final List<Function<? super T, ? extends @Nullable Object>> values = new ArrayList<>();

    private Columns(String name) {
      this.name = name;
    }

    /// Adds a column.
    ///
    /// @param title as the field is called in JSON
    /// @param value a text, number, truth, enum or instant, or several of them; null for an empty
    ///   cell
    public Columns<T> column(String title, Function<? super T, ? extends @Nullable Object> value) {
      titles.add(title);
      values.add(value);
      return this;
    }

    /// The sheet of a list of such rows.
    public Sheet<T> sheet() {
      return each(List::of);
    }

    /// The sheet of a list whose things have several rows each, or none.
    public <S> Sheet<S> each(Function<S, List<T>> rows) {
      List<Function<? super T, ? extends @Nullable Object>> cells = List.copyOf(values);
      return new Sheet<>(
          name, titles, thing -> rows.apply(thing).stream().map(row -> cells(cells, row)).toList());
    }

    private static <T> List<@Nullable Object> cells(
        List<Function<? super T, ? extends @Nullable Object>> values, T row) {
      var cells = new ArrayList<@Nullable Object>();
      values.forEach(value -> cells.add(value.apply(row)));
      return cells;
    }
  }

  /// The name of the file.
  String fileName() {
    return name + ".csv";
  }

  /// The whole list. Its first part is read now, so that what is wrong with it can still be
  /// answered; of the others one at a time is in memory.
  StreamedBody body(Part.Reader<T> list) {
    Part<T> first = list.read(null, ROWS_READ);
    return out -> {
      Writer writer = begin(out);
      Part<T> part = first;
      while (true) {
        write(writer, part.items());
        writer.flush();
        String next = part.next();
        if (next == null) {
          return;
        }
        Errand.current().check();
        part = list.read(next, ROWS_READ);
      }
    };
  }

  /// A list that is made as a whole, once the answer has begun.
  StreamedBody body(Supplier<List<T>> list) {
    return out -> {
      Writer writer = begin(out);
      writer.flush();
      write(writer, list.get());
      writer.flush();
    };
  }

  private Writer begin(OutputStream out) throws IOException {
    Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    writeRow(writer, titles);
    return writer;
  }

  private void write(Writer writer, List<T> things) throws IOException {
    for (T thing : things) {
      for (List<@Nullable Object> row : rows.apply(thing)) {
        writeRow(writer, row);
      }
    }
  }

  private static void writeRow(Writer writer, List<? extends @Nullable Object> row)
      throws IOException {
    for (int i = 0; i < row.size(); i++) {
      if (i > 0) {
        writer.write(',');
      }
      writer.write(quoted(text(row.get(i))));
    }
    writer.write("\r\n");
  }

  private static String text(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Number number -> number.toString();
      case Enum<?> constant -> WireNames.of(constant);
      case Collection<?> values -> harmless(joined(values));
      default -> harmless(value.toString());
    };
  }

  private static String joined(Collection<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining("; "));
  }

  private static String harmless(String text) {
    return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
  }

  private static String quoted(String cell) {
    return cell.chars().anyMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n')
        ? '"' + cell.replace("\"", "\"\"") + '"'
        : cell;
  }
}

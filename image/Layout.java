import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;

/// Lays out what the container image holds: `java Layout.java BUILT DIRECTORY`, where BUILT is
/// `image/target` after `package`.
///
/// All libraries become one jar. The first of two files of a name wins, as on Maven's class path,
/// and lists of services are joined. Opening 160 jars to look for services took a process more time
/// than its first answer.
void main(String[] arguments) throws IOException {
  Path built = Path.of(arguments[0]);
  Path directory = Path.of(arguments[1]);
  Path lib = Files.createDirectories(directory.resolve("lib"));
  List<Path> jars =
      Pattern.compile(":")
          .splitAsStream(Files.readString(built.resolve("classpath")).strip())
          .map(built::resolve)
          .toList();
  checkOrder(jars);
  var classPath = new ArrayList<String>();
  var libraries = new ArrayList<Path>();
  for (Path jar : jars) {
    String name = name(jar);
    if (name.startsWith("fireside-")) {
      Files.copy(jar, lib.resolve(name), StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
      classPath.add("lib/" + name);
    } else {
      libraries.add(jar);
    }
  }
  new Merged().write(libraries, lib.resolve("libraries.jar"));
  classPath.add("lib/libraries.jar");
  Files.writeString(directory.resolve("classpath.args"), "-cp " + String.join(":", classPath) + "\n");
}

/// Maven's order, with our Jackson before the older one inside the invoker's jar
/// (docs/decisions/0006).
static void checkOrder(List<Path> jars) {
  List<String> names = jars.stream().map(jar -> name(jar)).toList();
  int jackson = first(names, "jackson-databind-");
  int invoker = first(names, "java-function-invoker-");
  if (jackson < 0 || invoker < jackson) {
    throw new IllegalStateException("java-function-invoker must stand behind Jackson on the class path");
  }
}

static int first(List<String> names, String prefix) {
  return names.stream().filter(name -> name.startsWith(prefix)).findFirst().map(names::indexOf).orElse(-1);
}

static String name(Path jar) {
  return jar.getFileName().toString();
}

/// Many jars in one.
static final class Merged {
  private static final String VERSIONS = "META-INF/versions/";
  private static final String SERVICES = "META-INF/services/";
  private static final Pattern LEFT_OUT =
      Pattern.compile("(.*/)?module-info\\.class|META-INF/(MANIFEST\\.MF|INDEX\\.LIST|maven/.*|[^/]*\\.(SF|RSA|DSA|EC))|.*/");
  private static final Pattern TERMS =
      Pattern.compile("(META-INF/)?[^/]*(LICENSE|NOTICE|COPYRIGHT)[^/]*", Pattern.CASE_INSENSITIVE);

  /// Which jar a file comes from; the files of `META-INF/versions` count as what they stand for.
  private final Map<String, Path> owners = new HashMap<>();

  private final Map<String, StringBuilder> services = new TreeMap<>();

  void write(List<Path> jars, Path file) throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    try (OutputStream bytes = Files.newOutputStream(file);
        var out = new JarOutputStream(bytes, manifest)) {
      for (Path jar : jars) {
        add(jar, out);
      }
      for (var service : services.entrySet()) {
        put(out, service.getKey(), service.getValue().toString().getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private void add(Path path, JarOutputStream out) throws IOException {
    try (var jar = new JarFile(path.toFile())) {
      for (ZipEntry entry : Collections.list(jar.entries())) {
        String name = entry.getName();
        if (LEFT_OUT.matcher(name).matches() || name.startsWith(VERSIONS) && !jar.isMultiRelease()) {
          continue;
        }
        byte[] bytes = bytes(jar, entry);
        if (name.startsWith(SERVICES)) {
          services.computeIfAbsent(name, key -> new StringBuilder()).append(new String(bytes, StandardCharsets.UTF_8)).append('\n');
        } else if (TERMS.matcher(name).matches()) {
          String kept = "META-INF/terms/" + name(path) + "/" + name.substring(name.lastIndexOf('/') + 1);
          if (owners.putIfAbsent(kept, path) == null) {
            put(out, kept, bytes);
          }
        } else if (owners.computeIfAbsent(plain(name), key -> path).equals(path)) {
          put(out, name, bytes);
        }
      }
    }
  }

  private static String plain(String name) {
    return name.startsWith(VERSIONS) ? name.substring(name.indexOf('/', VERSIONS.length()) + 1) : name;
  }

  private static byte[] bytes(JarFile jar, ZipEntry entry) {
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(entry.getName() + " of " + jar.getName(), e);
    }
  }

  private static void put(JarOutputStream out, String name, byte[] bytes) throws IOException {
    out.putNextEntry(new ZipEntry(name));
    out.write(bytes);
    out.closeEntry();
  }
}

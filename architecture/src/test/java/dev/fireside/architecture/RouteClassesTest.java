package dev.fireside.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.fireside.shared.http.Handler;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.OpeningHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// `docs/routes.md` names the classes that answer. Which those are stands in the byte code alone: a
/// route is registered with a method, and what this method calls, by itself or through others of
/// its class, is what answers.
class RouteClassesTest {
  private static final Path TABLE = Path.of("..", "docs", "routes.md");
  private static final ClassDesc APP = desc(HttpApp.class);
  private static final Set<ClassDesc> HANDLER_TYPES =
      Set.of(desc(Handler.class), desc(OpeningHandler.class));

  /// All classes of functions and libraries, by name.
  private static final Map<ClassDesc, ClassModel> CLASSES = new HashMap<>();

  /// The handlers of routes, by `METHOD template`.
  private static final Map<String, DirectMethodHandleDesc> HANDLERS = new TreeMap<>();

  private static ClassDesc desc(Class<?> type) {
    return type.describeConstable().orElseThrow();
  }

  @BeforeAll
  static void readAllClasses() {
    for (JavaClass found :
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.fireside")) {
      if (!found.getPackageName().startsWith("dev.fireside.shared")) {
        ClassModel model = read(found);
        CLASSES.put(model.thisClass().asSymbol(), model);
      }
    }
    CLASSES.values().forEach(model -> model.methods().forEach(RouteClassesTest::findRoutes));
  }

  private static ClassModel read(JavaClass found) {
    try (InputStream in = found.getSource().orElseThrow().getUri().toURL().openStream()) {
      return ClassFile.of().parse(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void theTableNamesTheClassesThatAnswer() throws IOException {
    for (String line : Files.readAllLines(TABLE)) {
      if (line.matches("\\| (GET|POST|PUT|PATCH|DELETE) \\|.*")) {
        List<String> cells =
            Arrays.stream(line.replace("`", "").split("\\|", -1)).map(String::strip).toList();
        String route = cells.get(1) + " " + cells.get(2);
        assertThat(HANDLERS).as("routes with method and path as constants").containsKey(route);
        assertThat(called(HANDLERS.get(route)))
            .as("what answers %s calls", route)
            .contains(cells.get(8).split(", ", -1));
      }
    }
  }

  /// Each call of `HttpApp` that takes a handler comes after its method, template and handler.
  private static void findRoutes(MethodModel method) {
    var texts = new ArrayList<String>();
    DirectMethodHandleDesc handler = null;
    for (CodeElement element : elements(method)) {
      switch (element) {
        case ConstantInstruction constant when constant.constantValue() instanceof String text ->
            texts.add(text);
        case InvokeDynamicInstruction made
            when HANDLER_TYPES.contains(made.typeSymbol().returnType()) ->
            handler = (DirectMethodHandleDesc) made.bootstrapArgs().get(1);
        case InvokeInstruction call
            when call.owner().asSymbol().equals(APP)
                && call.typeSymbol().parameterList().stream().anyMatch(HANDLER_TYPES::contains) -> {
          HANDLERS.put(String.join(" ", texts), handler);
          texts.clear();
        }
        default -> {}
      }
    }
  }

  private static Iterable<CodeElement> elements(MethodModel method) {
    return method.code().<Iterable<CodeElement>>map(code -> code).orElse(List.of());
  }

  /// The simple names of the classes that a handler calls.
  private static Set<String> called(DirectMethodHandleDesc handler) {
    var names = new TreeSet<String>();
    follow(new Target(handler), names, new HashSet<>());
    return names;
  }

  private record Target(ClassDesc owner, String name, String type) {
    Target(DirectMethodHandleDesc handle) {
      this(handle.owner(), handle.methodName(), handle.lookupDescriptor());
    }

    Target(InvokeInstruction call) {
      this(call.owner().asSymbol(), call.name().stringValue(), call.type().stringValue());
    }
  }

  private static void follow(Target from, Set<String> names, Set<Target> seen) {
    if (!seen.add(from)) {
      return;
    }
    for (MethodModel method : CLASSES.get(from.owner()).methods()) {
      if (method.methodName().equalsString(from.name())
          && method.methodType().equalsString(from.type())) {
        for (CodeElement element : elements(method)) {
          for (Target target : targets(element)) {
            if (target.owner().equals(from.owner())) {
              follow(target, names, seen);
            } else if (CLASSES.containsKey(target.owner())) {
              names.add(target.owner().displayName());
            }
          }
        }
      }
    }
  }

  private static List<Target> targets(CodeElement element) {
    return switch (element) {
      case InvokeInstruction call -> List.of(new Target(call));
      case InvokeDynamicInstruction made ->
          made.bootstrapArgs().stream()
              .filter(DirectMethodHandleDesc.class::isInstance)
              .map(handle -> new Target((DirectMethodHandleDesc) handle))
              .toList();
      default -> List.of();
    };
  }
}

package dev.fireside.runtime;

import com.google.cloud.functions.CloudEventsFunction;
import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.invoker.BackgroundFunctionExecutor;
import com.google.cloud.functions.invoker.HttpFunctionExecutor;
import dev.fireside.shared.Platform;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Trigger;
import java.util.List;
import org.eclipse.jetty.server.Handler;

/// Makes functions, with the Functions Framework's own executors around them.
final class Functions {
  private Functions() {}

  /// The entry point that `target` names, by its name or its class.
  static EntryPoint find(List<EntryPoint> entryPoints, String target) {
    return entryPoints.stream()
        .filter(entry -> entry.name().equals(target) || entry.className().equals(target))
        .findFirst()
        .orElseThrow(() ->
            new FunctionException(
                "There is no function `"
                    + target
                    + "`; the manifests have: "
                    + String.join(", ", entryPoints.stream().map(EntryPoint::name).toList())));
  }

  /// Makes the function as part of `platform`.
  static Handler make(Platform platform, EntryPoint entry) {
    Class<?> type = load(entry);
    Class<?> expected = isHttp(entry) ? HttpFunction.class : CloudEventsFunction.class;
    if (!expected.isAssignableFrom(type)) {
      throw new FunctionException(
          what(entry) + " must be a " + expected.getSimpleName() + " to go with its trigger");
    }
    try {
      return platform.callBound(() ->
          isHttp(entry)
              ? HttpFunctionExecutor.forClass(type)
              : BackgroundFunctionExecutor.forClass(type));
    } catch (Exception e) {
      Throwable root = root(e);
      throw new FunctionException(what(entry) + " cannot be made: " + root, root);
    }
  }

  private static boolean isHttp(EntryPoint entry) {
    return switch (entry.trigger()) {
      case Trigger.Http _, Trigger.Schedule _ -> true;
      case Trigger.FirestoreDocument _,
          Trigger.RealtimeRef _,
          Trigger.Account _,
          Trigger.StorageObject _,
          Trigger.PubSub _ ->
          false;
    };
  }

  private static Class<?> load(EntryPoint entry) {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try {
      return Class.forName(
          entry.className(), true, loader == null ? Functions.class.getClassLoader() : loader);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new FunctionException(what(entry) + " cannot be loaded: " + e, e);
    }
  }

  /// The executors wrap what a constructor throws twice.
  private static Throwable root(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private static String what(EntryPoint entry) {
    return "The function " + entry.name() + " (" + entry.className() + ")";
  }
}

package dev.fireside.runtime;

import dev.fireside.shared.Platform;
import dev.fireside.shared.manifest.EntryPoint;
import dev.fireside.shared.manifest.Trigger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpURI;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// Finds the function for a path: the one with the longest prefix, or the one named under
/// `/_functions/`.
final class Router extends Handler.AbstractContainer {
  static final String BY_NAME = "/_functions/";

  private final Map<String, Handler> byName = new HashMap<>();
  private final List<Route> routes = new ArrayList<>();
  private final boolean reachableByName;

  private record Route(String prefix, Handler function) {
    boolean matches(String path) {
      return path.startsWith(prefix)
          && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
    }
  }

  /// @param reachableByName whether every function is also served under `/_functions/`: never where
  ///   strangers can call, since event functions trust whoever reaches them
  Router(Platform platform, List<EntryPoint> entryPoints, boolean reachableByName) {
    this.reachableByName = reachableByName;
    for (EntryPoint entry : entryPoints) {
      Handler function = Functions.make(platform, entry);
      addBean(function);
      byName.put(entry.name(), function);
      if (entry.trigger() instanceof Trigger.Http http) {
        http.paths().forEach(prefix -> routes.add(new Route(trimmed(prefix), function)));
      }
    }
    routes.sort(Comparator.comparingInt((Route route) -> route.prefix().length()).reversed());
  }

  @Override
  public List<Handler> getHandlers() {
    return List.copyOf(byName.values());
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    if (path.startsWith(BY_NAME)) {
      return reachableByName && handleByName(path, request, response, callback);
    }
    Handler function = find(path);
    return function != null && function.handle(request, response, callback);
  }

  private boolean handleByName(String path, Request request, Response response, Callback callback)
      throws Exception {
    String rest = path.substring(BY_NAME.length());
    int slash = rest.indexOf('/');
    Handler function = byName.get(slash < 0 ? rest : rest.substring(0, slash));
    if (function == null) {
      return false;
    }
    HttpURI inside =
        HttpURI.build(request.getHttpURI())
            .path(slash < 0 ? "/" : rest.substring(slash))
            .asImmutable();
    return function.handle(Request.serveAs(request, inside), response, callback);
  }

  private @Nullable Handler find(String path) {
    for (Route route : routes) {
      if (route.matches(path)) {
        return route.function();
      }
    }
    return null;
  }

  private static String trimmed(String prefix) {
    return prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
  }
}

package dev.fireside.shared.http;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;

/// An HTTP function made of routes.
public interface RoutedFunction extends HttpFunction {
  /// Its routes and filters; the same object on every call.
  HttpApp app();

  @Override
  default void service(HttpRequest request, HttpResponse response) throws IOException {
    app().service(request, response);
  }
}

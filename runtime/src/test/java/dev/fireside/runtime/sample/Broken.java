package dev.fireside.runtime.sample;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;

/// Throws.
public final class Broken implements HttpFunction {
  @Override
  public void service(HttpRequest request, HttpResponse response) {
    throw new IllegalStateException("broken on purpose");
  }
}

package dev.fireside.runtime.sample;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;

/// Cannot be made.
public final class Unmakable implements HttpFunction {
  public Unmakable() {
    throw new IllegalStateException("no key to the safe");
  }

  @Override
  public void service(HttpRequest request, HttpResponse response) {}
}

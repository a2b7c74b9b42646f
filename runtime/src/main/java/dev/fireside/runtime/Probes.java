package dev.fireside.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/// `/health` and `/metrics` of the process. They stand outside of the graceful shutdown, to report
/// it.
final class Probes extends Handler.Wrapper {
  private final MeterRegistry meters;
  private final boolean metricsForAll;
  private final BooleanSupplier draining;

  /// @param metricsForAll whether callers from other machines get metrics too: on Cloud Run only a
  ///   sidecar, which calls from the same address, should
  Probes(MeterRegistry meters, boolean metricsForAll, BooleanSupplier draining) {
    this.meters = meters;
    this.metricsForAll = metricsForAll;
    this.draining = draining;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    String path = Request.getPathInContext(request);
    if (path.equals("/health")) {
      boolean stopping = draining.getAsBoolean();
      response.setStatus(stopping ? 503 : 200);
      String body = stopping ? "{\"status\":\"draining\"}" : "{\"status\":\"ok\"}";
      return text(response, callback, "application/json", body);
    }
    if (path.equals("/metrics")
        && meters instanceof PrometheusMeterRegistry prometheus
        && (metricsForAll || isLoopback(request))) {
      return text(response, callback, "text/plain; version=0.0.4", prometheus.scrape());
    }
    return super.handle(request, response, callback);
  }

  private static boolean isLoopback(Request request) {
    return request.getConnectionMetaData().getRemoteSocketAddress()
            instanceof InetSocketAddress peer
        && peer.getAddress() != null
        && peer.getAddress().isLoopbackAddress();
  }

  private static boolean text(Response response, Callback callback, String type, String body) {
    var headers = response.getHeaders();
    headers.put(HttpHeader.CONTENT_TYPE, type);
    headers.put(HttpHeader.CACHE_CONTROL, "no-store");
    headers.put("X-Content-Type-Options", "nosniff");
    response.write(true, BufferUtil.toBuffer(body, StandardCharsets.UTF_8), callback);
    return true;
  }
}

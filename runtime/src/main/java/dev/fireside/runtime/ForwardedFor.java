package dev.fireside.runtime;

import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/// Does what the front end of Cloud Run does to every request: appends the caller's address to
/// `X-Forwarded-For`, so that functions find it at the same place everywhere.
final class ForwardedFor extends Handler.Wrapper {
  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    HttpFields headers =
        HttpFields.build(request.getHeaders())
            .add("X-Forwarded-For", Request.getRemoteAddr(request))
            .asImmutable();
    return super.handle(
        new Request.Wrapper(request) {
          @Override
          public HttpFields getHeaders() {
            return headers;
          }
        },
        response,
        callback);
  }
}

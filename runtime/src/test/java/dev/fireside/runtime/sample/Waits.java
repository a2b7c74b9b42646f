package dev.fireside.runtime.sample;

import com.google.cloud.functions.HttpFunction;
import com.google.cloud.functions.HttpRequest;
import com.google.cloud.functions.HttpResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the file `?file=`, and answers when somebody has deleted it.
public final class Waits implements HttpFunction {
  private static final Logger log = LoggerFactory.getLogger(Waits.class);

  @Override
  public void service(HttpRequest request, HttpResponse response)
      throws IOException, InterruptedException {
    Path file = Files.createFile(Path.of(request.getFirstQueryParameter("file").orElseThrow()));
    var never = new CountDownLatch(1);
    while (Files.exists(file) && !never.await(10, TimeUnit.MILLISECONDS)) {
      // Looks again.
    }
    log.info("waited long enough");
    response.getWriter().write("done");
  }
}

package dev.fireside.play;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.play.store.Builds;
import dev.fireside.play.store.Ranks;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Random programs of submissions, removals, deletions, hiding, rollovers and lost or repeated
/// events, through the rules and the scripts: every answer is that of a model.
///
/// A build runs the first [#PROGRAMS_A_BUILD]; `-Dnightly` runs all.
class RankModelIT {
  private static final int PROGRAMS_A_BUILD = 1_500;
  private static final int PROGRAMS =
      System.getProperty("nightly") == null ? PROGRAMS_A_BUILD : 10_000;
  private static final int WORKERS = 8;

  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  @Test
  void answersLikeTheModel() throws Exception {
    var ranks = new Ranks(fireside.platform());
    var builds = new Builds(fireside.platform());
    try (var workers = Executors.newFixedThreadPool(WORKERS)) {
      List<Future<?>> running =
          IntStream.range(0, WORKERS)
              .<Future<?>>mapToObj(worker ->
                  workers.submit(() -> {
                    for (int seed = worker; seed < PROGRAMS; seed += WORKERS) {
                      new RankProgram(ranks, builds, seed).run();
                    }
                  }))
              .toList();
      for (Future<?> done : running) {
        done.get();
      }
    }
  }
}

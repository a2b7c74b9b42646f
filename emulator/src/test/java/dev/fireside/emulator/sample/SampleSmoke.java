package dev.fireside.emulator.sample;

import dev.fireside.emulator.DevTask;
import dev.fireside.emulator.LocalProject;
import java.io.PrintStream;

/// A smoke test that does not go well.
public final class SampleSmoke implements DevTask {
  @Override
  public String name() {
    return "smoke";
  }

  @Override
  public int run(LocalProject project, PrintStream out) {
    out.println("smoke of " + project.projectId());
    return 7;
  }
}

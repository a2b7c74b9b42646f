package dev.fireside.transcoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.fireside.emulator.process.JavaProcess;
import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.MediaFiles;
import dev.fireside.media.domain.Rendition;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.media.store.Jobs;
import dev.fireside.media.store.JobsUnavailableException;
import dev.fireside.media.store.TranscodeDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The job as a process: started by its call, killed, asked to stop, started twice.
class TranscoderJobIT {
  private static final Duration LIMIT = Duration.ofMinutes(3);

  @RegisterExtension
  static final FiresideExtension fireside = FiresideExtension.create().runningJobs();

  private Desk desk;

  @BeforeEach
  void open() {
    desk = new Desk(fireside.platform());
  }

  private static byte[] clip() {
    return TestClips.made(
        "long.mp4",
        TestClips.picture("640x360", "30", 20) + TestClips.tone(20, "mono") + TestClips.H264);
  }

  @Test
  void worksOnTheOrderThatTheCallNames() {
    String id = desk.video(TestClips.ordinary());
    Jobs.of(fireside.platform()).run(Jobs.TRANSCODER, Map.of(Jobs.TRANSCODE_ID, id));
    Jobs.of(fireside.platform()).run(Jobs.TRANSCODER, Map.of(Jobs.TRANSCODE_ID, id));
    fireside.settle();
    assertThat(desk.state(id)).isInstanceOf(TranscodeState.Done.class);
    assertThat(desk.store.find(id).orElseThrow().attempts()).isOne();
    assertThat(fireside.jobsAskedFor()).hasSize(2);
    desk.served(id).check(desk.state(id).made());
  }

  @Test
  void aJobThatIsNotThereIsNotStarted() {
    Assertions.assertThatThrownBy(() -> Jobs.of(fireside.platform()).run("baker", Map.of()))
        .isInstanceOf(JobsUnavailableException.class);
  }

  @Test
  void aKilledJobLeavesNothingBehindAndWhatItMadeStays() {
    String id = desk.video(clip());
    killWhen(id, made -> made.renditions().stream().anyMatch(Rendition::isSound));
    assertThat(desk.make(id)).as("within the lease").isEqualTo(MakeOrder.Outcome.NOTHING_TO_DO);
    lapse(id);
    killWhen(id, made -> made.has(MediaFiles.POSTER_JPEG));
    Made before = desk.state(id).made();
    List<Long> versions = generations(id, before);
    desk.served(id).check(before);

    lapse(id);
    assertThat(desk.make(id)).isEqualTo(MakeOrder.Outcome.DONE);
    assertThat(generations(id, before)).isEqualTo(versions);
    Made made = desk.state(id).made();
    assertThat(made.renditions())
        .extracting(Rendition::name)
        .containsExactly("240p", "360p", "audio");
    desk.served(id).check(made);
    assertThat(scratch()).isEmpty();
  }

  /// Has the lease end: processes of their own go by the real time.
  private static void lapse(String id) {
    fireside
        .platform()
        .documents()
        .update(TranscodeDocument.path(id), Map.of("dueAt", Instant.EPOCH));
  }

  private List<Long> generations(String id, Made made) {
    Served served = desk.served(id);
    return made.renditions().stream()
        .map(rendition -> served.object(MediaFiles.media(rendition.name())).generation())
        .toList();
  }

  /// Starts the job, and kills it as soon as it has made something.
  private void killWhen(String id, Predicate<Made> enough) {
    try (JavaProcess job = start(id)) {
      await().atMost(LIMIT).until(() -> enough.test(desk.state(id).made()));
      job.kill();
    }
    await().atMost(LIMIT).until(() -> ours().findAny().isEmpty());
  }

  private JavaProcess start(String id) {
    var environment = new HashMap<>(fireside.platform().config().settings());
    environment.put(Jobs.TRANSCODE_ID, id);
    environment.put("TRANSCODE_SCRATCH", desk.scratch.toString());
    return JavaProcess.start(
        "job-" + id,
        Path.of("target").toAbsolutePath(),
        TranscoderJob.class.getName(),
        environment);
  }

  /// Processes of ffmpeg whose programs are in our scratch space.
  private Stream<ProcessHandle> ours() {
    return ProcessHandle.allProcesses()
        .filter(process -> process.info().command().orElse("").startsWith(desk.scratch.toString()));
  }

  /// What executions left, but for the programs.
  private List<String> scratch() {
    try (Stream<Path> files = Files.list(desk.scratch)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(f -> !f.equals("ffmpeg"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aJobThatIsAskedToStopGivesTheOrderBack() {
    String id = desk.video(clip());
    try (JavaProcess job = start(id)) {
      await().atMost(LIMIT).until(() -> ours().findAny().isPresent());
      assertThat(ProcessHandle.of(job.pid()).orElseThrow().destroy()).isTrue();
      job.await(LIMIT);
    }
    assertThat(desk.state(id)).isInstanceOf(TranscodeState.Queued.class);
    assertThat(ours()).isEmpty();
    assertThat(scratch()).isEmpty();
  }
}

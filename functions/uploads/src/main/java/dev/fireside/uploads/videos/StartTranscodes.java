package dev.fireside.uploads.videos;

import dev.fireside.media.domain.Transcode;
import dev.fireside.media.store.Jobs;
import dev.fireside.media.store.JobsUnavailableException;
import dev.fireside.media.store.TranscodeStore;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks for jobs that make what was ordered: when it is ordered, and again where nobody took it, or
/// whoever had it is gone. Each time the next is due later, and after some it is given up.
public final class StartTranscodes {
  private static final Logger log = LoggerFactory.getLogger(StartTranscodes.class);
  private static final int PAGE = 100;

  private final TranscodeStore transcodes;
  private final Jobs jobs;
  private final Clock clock;

  StartTranscodes(TranscodeStore transcodes, Jobs jobs, Clock clock) {
    this.transcodes = transcodes;
    this.jobs = jobs;
    this.clock = clock;
  }

  /// Asks for all jobs that are due.
  public void startAll() {
    List<Transcode> due = transcodes.due(clock.instant(), PAGE);
    due.forEach(this::startIfDue);
  }

  /// Asks for the job of one order, where that is due.
  void startIfDue(Transcode transcode) {
    Instant now = clock.instant();
    Instant dueAt = transcode.dueAt();
    if (transcode.hasEnded() || dueAt == null || dueAt.isAfter(now)) {
      return;
    }
    if (transcodes.claimStart(transcode.id(), now)) {
      try {
        jobs.run(Jobs.TRANSCODER, Map.of(Jobs.TRANSCODE_ID, transcode.id()));
      } catch (JobsUnavailableException e) {
        // It is due again in a while.
        log.warn("No job was started for {}", transcode.id(), e);
      }
    }
  }
}

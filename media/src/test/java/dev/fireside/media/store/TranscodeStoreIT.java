package dev.fireside.media.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.Rendition;
import dev.fireside.media.domain.Transcode;
import dev.fireside.media.domain.TranscodeFailure;
import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.domain.TranscodeState;
import dev.fireside.shared.load.Together;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TranscodeStoreIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final Made SOME =
      new Made(
          Duration.ofMillis(12_345),
          720,
          1_280,
          List.of(new Rendition("360p", 360, 640, "30000/1001", "avc1.64001e", 9, 8, 7, 6, 5)),
          List.of("poster-small.webp"));
  private static final TranscodeOrder ORDER =
      new TranscodeOrder.Video("uploads/1", Duration.ofMillis(1_500));

  private TranscodeStore store;
  private String id;
  private Instant now;

  @BeforeEach
  void placeAnOrder() {
    store = new TranscodeStore(fireside.platform().documents());
    id = fireside.platform().ids().next();
    now = fireside.clock().instant().truncatedTo(ChronoUnit.MICROS);
    assertThat(store.create(id, ORDER, now)).isTrue();
  }

  private Transcode found() {
    return store.find(id).orElseThrow();
  }

  @Test
  void keepsTheFirstOfTwoOrders() {
    assertThat(store.create(id, new TranscodeOrder.Image("uploads/2"), now)).isFalse();
    assertThat(found().order()).isEqualTo(ORDER);
    assertThat(found().state()).isEqualTo(new TranscodeState.Queued(Made.NOTHING));
    for (var order :
        List.of(new TranscodeOrder.Image("uploads/3"), new TranscodeOrder.Audio("uploads/4"))) {
      String other = fireside.platform().ids().next();
      store.create(other, order, now);
      assertThat(store.find(other).orElseThrow().order()).isEqualTo(order);
      store.delete(other);
      assertThat(store.find(other)).isEmpty();
    }
  }

  @Test
  void givesTheLeaseToOneOfManyAndToAnotherWhenItHasEnded() {
    var holders = IntStream.range(0, 8).mapToObj(i -> "job-" + i).toList();
    var began =
        Together.each(holders, 8, holder -> store.begin(id, holder, now).isPresent()).stream()
            .filter(Boolean::booleanValue)
            .count();
    assertThat(began).isOne();
    Instant later = now.plus(Transcode.LEASE);
    assertThat(store.begin(id, "late", later.minusMillis(1))).isEmpty();
    Transcode taken = store.begin(id, "late", later).orElseThrow();
    assertThat(taken.attempts()).isEqualTo(2);
    assertThat(store.renew(id, "job-0", later, 0.5, SOME)).isFalse();
    assertThat(store.renew(id, "late", later, 0.5, SOME)).isTrue();
    assertThat(found().state())
        .isEqualTo(new TranscodeState.Running("late", later.plus(Transcode.LEASE), 0.5, SOME));
  }

  @Test
  void staysEndedHoweverItEnded() {
    store.begin(id, "job", now);
    assertThat(store.end(id, "other", new TranscodeState.Done(SOME))).isFalse();
    assertThat(store.end(id, "job", new TranscodeState.Done(SOME))).isTrue();
    assertThat(found().state()).isEqualTo(new TranscodeState.Done(SOME));
    assertThat(found().dueAt()).isNull();
    assertThat(store.begin(id, "job", now.plus(Duration.ofDays(1)))).isEmpty();
    assertThat(store.claimStart(id, now.plus(Duration.ofDays(1)))).isFalse();
    assertThat(store.end(id, "job", new TranscodeState.Done(Made.NOTHING))).isFalse();
  }

  @Test
  void isDueAtOnceThenAfterGrowingPausesAndIsGivenUp() {
    Instant time = now;
    for (int starts = 1; starts <= Transcode.STARTS_MAX; starts++) {
      assertThat(store.due(time, 100)).extracting(Transcode::id).contains(id);
      Instant at = time;
      var claims = Together.each(List.of(1, 2, 3), 3, _ -> store.claimStart(id, at));
      assertThat(claims).containsOnlyOnce(true);
      assertThat(store.due(time, 100)).extracting(Transcode::id).doesNotContain(id);
      time = time.plus(Transcode.pause(starts));
    }
    assertThat(store.claimStart(id, time)).isFalse();
    assertThat(found().state())
        .isEqualTo(new TranscodeState.Failed(TranscodeFailure.GAVE_UP, null, Made.NOTHING));
  }

  @Test
  void keepsWhatWasMadeWhenAnAttemptFailsAndIsGivenUpAfterSeveral() {
    Instant time = now;
    for (int attempt = 1; attempt <= Transcode.ATTEMPTS_MAX; attempt++) {
      assertThat(store.claimStart(id, time)).isTrue();
      assertThat(store.begin(id, "job" + attempt, time)).isPresent();
      store.renew(id, "job" + attempt, time, 0.2, SOME);
      assertThat(store.giveBack(id, "job" + attempt, time)).isTrue();
      assertThat(found().state()).isEqualTo(new TranscodeState.Queued(SOME));
      assertThat(store.claimStart(id, time)).isFalse();
      time = time.plus(Transcode.pause(attempt));
    }
    assertThat(store.claimStart(id, time)).isFalse();
    assertThat(found().state())
        .isEqualTo(new TranscodeState.Failed(TranscodeFailure.GAVE_UP, null, SOME));
  }

  @Test
  void aLeaseThatEndedIsDue() {
    store.claimStart(id, now);
    store.begin(id, "job", now);
    assertThat(store.claimStart(id, now.plus(Transcode.LEASE).minusMillis(1))).isFalse();
    assertThat(store.claimStart(id, now.plus(Transcode.LEASE))).isTrue();
    assertThat(store.renew(id, "job", now.plus(Transcode.LEASE), 0.9, SOME)).isFalse();
  }
}

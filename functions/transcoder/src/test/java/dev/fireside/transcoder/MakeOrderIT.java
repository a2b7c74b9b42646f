package dev.fireside.transcoder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.media.domain.Made;
import dev.fireside.media.domain.Rendition;
import dev.fireside.media.domain.TranscodeOrder;
import dev.fireside.media.domain.TranscodeState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MakeOrderIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  @Test
  void makesAClip() {
    var desk = new Desk(fireside.platform());
    String id = desk.order(TestClips.ordinary(), source -> new TranscodeOrder.Video(source, null));
    assertThat(desk.make(id)).isEqualTo(MakeOrder.Outcome.DONE);
    Made made = ((TranscodeState.Done) desk.state(id)).made();
    assertThat(made.renditions()).extracting(Rendition::name).containsExactly("240p", "audio");
    desk.served(id).check(made);
  }
}

package dev.fireside.payments.vault.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class MasterKeysTest {
  private static final byte[] KEY =
      Base64.getDecoder().decode("bG9jYWwtb25seS1wYXltZW50cy1rZXktMzItYnl0ZXM=");
  private static final String PLACE = "customers/ada#email#1";

  /// As Tink encrypted it, by which what is stored was sealed at first.
  private static final byte[] STORED =
      Base64.getDecoder()
          .decode("xWt7I0loZqw7N/WTa0YUVoPL1hrexh/rfMMjIdv+yke/jqnKkYH52iHhzpY7zg==");

  @Test
  void readWhatWasStored() {
    assertThat(MasterKeys.decrypt(KEY, PLACE, STORED)).asString().isEqualTo("Ada Lovelace, 4242");
  }

  @Test
  void readWhatTheyEncryptAndNeverEncryptAlike() {
    byte[] text = "text".getBytes(UTF_8);
    byte[] sealed = MasterKeys.encrypt(KEY, PLACE, text);

    assertThat(MasterKeys.decrypt(KEY, PLACE, sealed)).isEqualTo(text);
    assertThat(MasterKeys.encrypt(KEY, PLACE, text)).isNotEqualTo(sealed);
    assertThat(MasterKeys.decrypt(KEY, PLACE, MasterKeys.encrypt(KEY, PLACE, new byte[0])))
        .isEmpty();
  }

  @Test
  void readNothingThatWasChangedMovedOrCut() {
    for (int i = 0; i < STORED.length; i++) {
      byte[] changed = STORED.clone();
      changed[i] ^= 1;
      assertThatIllegalStateException().isThrownBy(() -> MasterKeys.decrypt(KEY, PLACE, changed));
      byte[] cut = Arrays.copyOf(STORED, i);
      assertThatIllegalStateException().isThrownBy(() -> MasterKeys.decrypt(KEY, PLACE, cut));
    }
    assertThatIllegalStateException()
        .isThrownBy(() -> MasterKeys.decrypt(KEY, "customers/bob#email#1", STORED));
  }
}

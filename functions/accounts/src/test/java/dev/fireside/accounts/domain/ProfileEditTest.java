package dev.fireside.accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.accounts.domain.ProfileEdit.Change;
import org.junit.jupiter.api.Test;

class ProfileEditTest {
  private static final ProfileData ANN =
      new ProfileData(new Handle("ann"), "Ann", "Hello", "https://img.example/ann.png");

  @Test
  void keepsWhatItDoesNotName() {
    assertThat(new ProfileEdit(null, null, null, null).applyTo(ANN)).isEqualTo(ANN);
  }

  @Test
  void clearsOptionalFieldsByNull() {
    assertThat(new ProfileEdit(null, null, new Change(null), new Change(null)).applyTo(ANN))
        .isEqualTo(new ProfileData(new Handle("ann"), "Ann", null, null));
  }

  @Test
  void changesWhatItNames() {
    assertThat(new ProfileEdit(new Handle("anna"), "Anna", new Change("Hi"), null).applyTo(ANN))
        .isEqualTo(new ProfileData(new Handle("anna"), "Anna", "Hi", ANN.avatarUrl()));
  }
}

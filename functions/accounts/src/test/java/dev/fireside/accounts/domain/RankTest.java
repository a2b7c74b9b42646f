package dev.fireside.accounts.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.ids.Uid;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RankTest {
  @Test
  void letsOnlyAdminsSuspendThoseWhoHoldARole() {
    Principal moderator = caller(Role.MODERATOR);
    Principal admin = caller(Role.ADMIN);

    assertThat(Rank.maySuspend(moderator, Set.of())).isTrue();
    assertThat(Rank.maySuspend(moderator, Set.of(Role.MODERATOR))).isFalse();
    assertThat(Rank.maySuspend(moderator, Set.of(Role.ADMIN))).isFalse();
    assertThat(Rank.maySuspend(admin, Set.of())).isTrue();
    assertThat(Rank.maySuspend(admin, Set.of(Role.ADMIN))).isTrue();
    assertThat(Rank.maySuspend(caller(), Set.of())).isFalse();
  }

  @Test
  void knowsWhenRolesAreOnlyAdded() {
    assertThat(Rank.onlyAdds(Set.of(), Set.of(Role.ADMIN))).isTrue();
    assertThat(Rank.onlyAdds(Set.of(Role.MODERATOR), Set.of(Role.MODERATOR, Role.ADMIN))).isTrue();
    assertThat(Rank.onlyAdds(Set.of(Role.MODERATOR), Set.of(Role.ADMIN))).isFalse();
    assertThat(Rank.onlyAdds(Set.of(Role.ADMIN), Set.of(Role.ADMIN))).isFalse();
    assertThat(Rank.onlyAdds(Set.of(Role.ADMIN), Set.of())).isFalse();
  }

  private static Principal caller(Role... roles) {
    return new Principal(new Uid("me"), Set.of(roles), false);
  }
}

package dev.fireside.chat.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.shared.ids.Uid;
import java.util.List;
import org.junit.jupiter.api.Test;

class CircleTest {
  private static final Uid ANN = new Uid("ann");
  private static final Uid BOB = new Uid("bob");
  private static final Uid CLEO = new Uid("cleo");

  private final Circle group = Circle.of(ANN).joined(BOB).joined(CLEO);

  @Test
  void hasNobodyTwice() {
    Circle asked = Circle.of(ANN).asking(BOB, ANN).asking(BOB, CLEO);

    assertThat(asked.size()).isEqualTo(2);
    assertThat(asked.joined(BOB).joined(BOB).asking(BOB, ANN).members()).containsExactly(ANN, BOB);
    assertThat(asked.joined(BOB).asked()).isEmpty();
  }

  @Test
  void handsTheGroupToTheFirstAdminElseTheFirstMember() {
    assertThat(group.left(ANN).owner()).isEqualTo(BOB);
    Circle led = group.withRole(CLEO, Role.ADMIN).left(ANN);
    assertThat(led.owner()).isEqualTo(CLEO);
    assertThat(led.role(CLEO)).isEqualTo(Role.OWNER);
    assertThat(led.admins()).isEmpty();
    assertThat(Circle.of(ANN).left(ANN).owner()).isNull();
  }

  @Test
  void makesWhoHandsItOverAnAdmin() {
    Circle handed = group.withRole(BOB, Role.OWNER);

    assertThat(handed.role(BOB)).isEqualTo(Role.OWNER);
    assertThat(handed.role(ANN)).isEqualTo(Role.ADMIN);
    assertThat(handed.withRole(ANN, Role.MEMBER).role(ANN)).isEqualTo(Role.MEMBER);
  }

  @Test
  void forgetsAPersonAndWhomTheyAsked() {
    Circle circle = group.asking(new Uid("dan"), BOB).asking(new Uid("eve"), ANN).without(BOB);

    assertThat(circle.members()).containsExactly(ANN, CLEO);
    assertThat(circle.asked()).containsOnlyKeys(new Uid("eve"));
  }

  @Test
  void knowsPairsByTheirOrder() {
    ChatId id = ChatId.direct(BOB, ANN);

    assertThat(id)
        .isEqualTo(ChatId.direct(ANN, BOB))
        .isEqualTo(ChatId.parse("ann:bob").orElseThrow());
    assertThat(id.pair()).isEqualTo(List.of(ANN, BOB));
    assertThat(ChatId.fromDocumentName(id.documentName())).isEqualTo(id);
    assertThat(ChatId.parse("bob:ann")).isEmpty();
    assertThat(ChatId.parse("ann:ann")).isEmpty();
    assertThat(ChatId.parse("a:b:c")).isEmpty();
    ChatId group = ChatId.parse("01arz3ndektsv4rrffq69g5fav").orElseThrow();
    assertThat(group.isDirect()).isFalse();
    assertThat(ChatId.fromDocumentName(group.documentName())).isEqualTo(group);
  }
}

package dev.fireside.play.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.shared.ids.Uid;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RankedMemberTest {
  private static final List<Long> EDGES =
      List.of(
          0L,
          1L,
          -1L,
          35L,
          36L,
          Ranking.UNITS_MAX,
          -Ranking.UNITS_MAX,
          Ranking.UNITS_MAX - 1,
          1 - Ranking.UNITS_MAX);

  @Test
  void sortsLikeTheRows() {
    var random = new Random(3);
    for (Order order : Order.values()) {
      for (Order subscoreOrder : Order.values()) {
        var ranking = new Ranking(order, Operator.BEST, subscoreOrder, 0);
        Comparator<Row> rows = ranking.rows();
        for (int i = 0; i < 50_000; i++) {
          Row one = row(random);
          Row other =
              new Row(
                  random.nextBoolean() ? one.uid() : row(random).uid(),
                  random.nextBoolean() ? one.score() : row(random).score(),
                  random.nextBoolean() ? one.subscore() : row(random).subscore(),
                  random.nextBoolean() ? one.at() : row(random).at(),
                  null,
                  null);
          assertThat(Integer.signum(encoded(ranking, one, other)))
              .as("%s %s %s", ranking, one, other)
              .isEqualTo(Integer.signum(rows.compare(one, other)));
        }
      }
    }
  }

  /// As a sorted set compares: scores as doubles, then members by their bytes.
  private static int encoded(Ranking ranking, Row one, Row other) {
    RankedMember a = RankedMember.of(ranking, one);
    RankedMember b = RankedMember.of(ranking, other);
    int byScore = Double.compare((double) a.score(), (double) b.score());
    return byScore != 0
        ? byScore
        : Arrays.compareUnsigned(
            a.member().getBytes(StandardCharsets.UTF_8),
            b.member().getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void givesBackTheRow() {
    var random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      var ranking =
          new Ranking(
              random.nextBoolean() ? Order.ASC : Order.DESC,
              Operator.SET,
              random.nextBoolean() ? Order.ASC : Order.DESC,
              3);
      Row row = row(random);
      RankedMember member = RankedMember.of(ranking, row);
      assertThat(member.prefix()).hasSize(RankedMember.PREFIX);
      assertThat(member.row(ranking, null, null)).isEqualTo(row);
    }
  }

  private static Row row(Random random) {
    return new Row(
        new Uid(random.nextBoolean() ? "u" + random.nextInt(9) : "Z_-" + random.nextInt(99)),
        number(random),
        number(random),
        random.nextLong(1L << 52),
        null,
        null);
  }

  private static long number(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> EDGES.get(random.nextInt(EDGES.size()));
      case 1 -> random.nextInt(-5, 6);
      default -> random.nextLong(-Ranking.UNITS_MAX, Ranking.UNITS_MAX + 1);
    };
  }
}

package dev.fireside.leaderboards;

import dev.fireside.play.domain.PeriodKind;
import dev.fireside.shared.json.WireNames;
import java.util.Arrays;
import java.util.Collection;
import java.util.stream.Collectors;

/// The kinds of periods in words, for problems.
final class PeriodKinds {
  static final String NAMES = names(Arrays.asList(PeriodKind.values()));

  private PeriodKinds() {}

  static String names(Collection<PeriodKind> kinds) {
    return kinds.stream().map(WireNames::of).collect(Collectors.joining(", "));
  }
}

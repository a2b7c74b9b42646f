package dev.fireside.payments.fraud.domain;

import java.util.Map;
import java.util.TreeMap;

/// What the rules make of a transaction.
///
/// @param outcome the gravest of all rules that apply
/// @param reasons the rules that apply, and what each of them saw
public record Verdict(Outcome outcome, Map<String, String> reasons) {
  /// What becomes of a transaction; later constants are graver.
  public enum Outcome {
    /// It is granted.
    ALLOW,
    /// It is granted, and somebody looks at it.
    FLAG,
    /// It waits in escrow until somebody has looked at it.
    HOLD,
    /// It is not handed over, unless somebody decides otherwise.
    DENY
  }

  /// No doubt.
  public static final Verdict ALLOWED = new Verdict(Outcome.ALLOW, Map.of());

  public Verdict {
    reasons = java.util.Collections.unmodifiableMap(new TreeMap<>(reasons));
  }

  /// This and one more doubt.
  public Verdict and(Outcome grave, String rule, String seen) {
    var all = new TreeMap<>(reasons);
    all.put(rule, seen);
    return new Verdict(grave.compareTo(outcome) > 0 ? grave : outcome, all);
  }

  /// The name of the case that it leads to: its only rule, or that there are several.
  public String reason() {
    return reasons.size() == 1 ? reasons.keySet().iterator().next() : "several_doubts";
  }
}

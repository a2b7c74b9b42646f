package dev.fireside.ledger.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// What a [LedgerAudit] found.
///
/// @param journals how many journals there are
/// @param entries how many entries they have
/// @param trialBalance the sum of all balances by book and asset: all zero in a sound ledger
/// @param root one hash over all accounts with their balances and chains: kept elsewhere, it shows
///   later that nobody has written the whole ledger anew
/// @param faults what is wrong, at most [LedgerAudit#FAULTS_MAX] of it
public record LedgerProof(
    long journals, long entries, Map<String, Long> trialBalance, String root, List<String> faults) {

  public LedgerProof {
    trialBalance = Map.copyOf(trialBalance);
    faults = List.copyOf(faults);
  }

  /// A journal with its entries, as they were written.
  public record Written(Journal journal, List<Entry> entries) {
    public Written {
      entries = List.copyOf(entries);
    }
  }

  /// Whether nothing is wrong.
  public boolean isSound() {
    return faults.isEmpty();
  }

  /// The parts of one proof as a whole.
  public static LedgerProof of(List<LedgerProof> parts) {
    long journals = 0;
    long entries = 0;
    var trial = new TreeMap<String, Long>();
    var faults = new ArrayList<String>();
    for (LedgerProof part : parts) {
      journals += part.journals;
      entries += part.entries;
      part.trialBalance.forEach((name, sum) -> trial.merge(name, sum, Math::addExact));
      faults.addAll(part.faults);
    }
    trial.forEach((name, sum) -> {
      if (sum != 0) {
        faults.addFirst("The trial balance of " + name + " is " + sum);
      }
    });
    String root = parts.stream().map(LedgerProof::root).collect(Collectors.joining());
    return new LedgerProof(
        journals, entries, trial, root, faults.stream().limit(LedgerAudit.FAULTS_MAX).toList());
  }
}

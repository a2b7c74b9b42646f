package dev.fireside.payments.reconciliation;

import dev.fireside.ledger.domain.LedgerProof;
import dev.fireside.ledger.store.LedgerStore;
import dev.fireside.shared.Platform;
import dev.fireside.shared.events.ScheduledFunction;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Proves the books once a day: every chain, every balance, and that they sum to zero.
public final class ProveFunction extends ScheduledFunction {
  private static final Logger log = LoggerFactory.getLogger(ProveFunction.class);

  private final LedgerStore ledger;

  public ProveFunction() {
    this(Platform.current());
  }

  ProveFunction(Platform platform) {
    super(platform);
    this.ledger = new LedgerStore(platform.documents());
  }

  @Override
  protected void run(Instant scheduled) {
    LedgerProof proof = ledger.prove();
    proof
        .trialBalance()
        .forEach((asset, sum) -> {
          if (sum != 0) {
            log.error("ALERT the trial balance of {} is {}", asset, sum);
          }
        });
    if (proof.isSound()) {
      // The log is the anchor outside of Firestore: who can write the one cannot write the other.
      log.info(
          "The ledger of {} journals is sound; its root is {}", proof.journals(), proof.root());
    } else {
      proof.faults().forEach(fault -> log.error("ALERT the ledger is not sound: {}", fault));
    }
  }
}

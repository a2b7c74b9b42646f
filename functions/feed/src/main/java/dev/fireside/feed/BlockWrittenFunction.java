package dev.fireside.feed;

import dev.fireside.shared.Platform;
import dev.fireside.shared.events.DocumentChange;
import dev.fireside.shared.events.FirestoreFunction;

/// A block was made or lifted: both timelines are brought in line.
public final class BlockWrittenFunction extends FirestoreFunction {
  private final SyncBlock syncBlock;

  public BlockWrittenFunction() {
    this(Platform.current());
  }

  BlockWrittenFunction(Platform platform) {
    super(platform);
    this.syncBlock = new SyncBlock(platform);
  }

  @Override
  protected void on(DocumentChange change) {
    Pair pair = Pair.of(change);
    syncBlock.sync(pair.first(), pair.second());
  }
}

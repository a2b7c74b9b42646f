package dev.fireside.ledger.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Signed amounts by account and asset that sum to zero per asset: where a purchase stands. What a
/// journal posts is the difference of two positions, so that it balances whatever happened before.
public final class Position {
  private record Line(AccountName account, Asset asset) implements Comparable<Line> {
    @Override
    public int compareTo(Line other) {
      int byAccount = account.compareTo(other.account);
      return byAccount != 0 ? byAccount : asset.code().compareTo(other.asset.code());
    }
  }

  private final Map<Line, Long> lines = new TreeMap<>();

  /// Moves an amount from one account to another: debits `to`, credits `from`.
  public void move(AccountName from, AccountName to, Asset asset, long amount) {
    add(to, asset, amount);
    add(from, asset, Math.negateExact(amount));
  }

  private void add(AccountName account, Asset asset, long signed) {
    if (signed != 0) {
      lines.merge(new Line(account, asset), signed, Math::addExact);
    }
  }

  /// The postings that lead from `before` to this position.
  public List<Posting> since(Position before) {
    var difference = new Position();
    lines.forEach((line, amount) -> difference.add(line.account, line.asset, amount));
    before.lines.forEach((line, amount) -> difference.add(line.account, line.asset, -amount));
    var postings = new ArrayList<Posting>();
    difference.lines.forEach((line, amount) -> {
      if (amount != 0) {
        postings.add(Posting.of(line.account, line.asset, amount));
      }
    });
    return List.copyOf(postings);
  }
}

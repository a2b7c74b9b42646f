package dev.fireside.payments.purchases.domain;

import dev.fireside.ledger.domain.AccountName;
import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Posting;
import dev.fireside.shared.ids.Uid;
import java.util.ArrayList;
import java.util.List;

/// How many units of one kind a person has, and how many they owe because what was taken back had
/// been spent.
public record Inventory(long quantity, long debt) {
  /// Nothing.
  public static final Inventory NONE = new Inventory(0, 0);

  public Inventory {
    if (quantity < 0 || debt < 0) {
      throw new IllegalArgumentException("An inventory holds no negative numbers");
    }
  }

  /// After units were given (debts are paid first) or taken (what is missing becomes a debt).
  public Inventory with(long units) {
    if (units >= 0) {
      long paid = Math.min(debt, units);
      return new Inventory(Math.addExact(quantity, units - paid), debt - paid);
    }
    long wanted = Math.negateExact(units);
    long taken = Math.min(quantity, wanted);
    return new Inventory(quantity - taken, Math.addExact(debt, wanted - taken));
  }

  /// The postings of a journal with what concerns a debt moved to the debt's account.
  ///
  /// @param asset the units
  /// @param next this inventory after the journal
  public List<Posting> split(List<Posting> postings, Uid uid, Asset asset, Inventory next) {
    long debtGrows = Math.subtractExact(next.debt(), debt);
    if (debtGrows == 0) {
      return postings;
    }
    AccountName own = AccountName.inventory(uid);
    var result = new ArrayList<Posting>();
    for (Posting posting : postings) {
      if (posting.account().equals(own) && posting.asset().equals(asset)) {
        long rest = Math.addExact(posting.signed(), debtGrows);
        if (rest != 0) {
          result.add(Posting.of(own, asset, rest));
        }
        result.add(Posting.of(AccountName.debt(uid), asset, Math.negateExact(debtGrows)));
      } else {
        result.add(posting);
      }
    }
    return List.copyOf(result);
  }
}

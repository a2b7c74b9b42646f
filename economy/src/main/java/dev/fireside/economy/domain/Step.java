package dev.fireside.economy.domain;

/// One thing that an operation does. All steps of an operation happen, or none.
public sealed interface Step {
  /// What it is about.
  Asset asset();

  /// Gives, up to the limit of the catalogue; refused beyond it, and for what is retired.
  record Grant(Asset asset, long amount) implements Step {
    public Grant {
      checked(amount);
    }
  }

  /// Gives what was won or paid for: also beyond the limit of the catalogue, and what is retired.
  /// What would go beyond [Asset#AMOUNT_MAX] is left out and reported as missing.
  record Deliver(Asset asset, long amount) implements Step {
    public Deliver {
      checked(amount);
    }
  }

  /// Takes; refused where there is not enough.
  record Take(Asset asset, long amount) implements Step {
    public Take {
      checked(amount);
    }
  }

  /// Takes what is left of the amount, and reports what is missing. Never refused.
  record TakeUpTo(Asset asset, long amount) implements Step {
    public TakeUpTo {
      checked(amount);
    }
  }

  /// Uses up a consumable item, or spends a currency.
  record Consume(Asset asset, long amount) implements Step {
    public Consume {
      checked(amount);
    }
  }

  /// Takes what may be handed to another player, who gets it by [Grant].
  record Send(Asset asset, long amount) implements Step {
    public Send {
      checked(amount);
    }
  }

  /// Puts an item in its slot, in place of what was there.
  record Equip(ItemId asset) implements Step {}

  /// Takes an item of the catalogue out of its slot; nothing happens where it is in none.
  record Unequip(ItemId asset) implements Step {}

  /// The amount, if it is one. Throws [IllegalArgumentException] outside 1 to [Asset#AMOUNT_MAX].
  static long checked(long amount) {
    if (amount < 1 || amount > Asset.AMOUNT_MAX) {
      throw new IllegalArgumentException("An amount is from 1 to " + Asset.AMOUNT_MAX);
    }
    return amount;
  }
}

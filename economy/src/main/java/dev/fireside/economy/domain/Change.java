package dev.fireside.economy.domain;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// An operation on one inventory.
///
/// @param operation what makes it the same when it comes again
/// @param kind what it is, for the history, such as `consume` or `reward`
/// @param reference what it is about, for the history: a board, a purchase, the other player
/// @param steps what it does, in this order
/// @param ifRevision revision that the inventory must have; null for any
public record Change(
    OperationId operation,
    String kind,
    String reference,
    List<Step> steps,
    @Nullable Long ifRevision) {
  /// Steps of one operation, at most.
  public static final int STEPS_MAX = 100;

  public Change {
    steps = List.copyOf(steps);
    if (steps.size() > STEPS_MAX) {
      throw new IllegalArgumentException("An operation has at most " + STEPS_MAX + " steps");
    }
  }

  /// An operation that does nothing yet.
  public static Change of(OperationId operation, String kind, String reference) {
    return new Change(operation, kind, reference, List.of(), null);
  }

  /// The same with one more step.
  public Change and(Step step) {
    var more = new ArrayList<>(steps);
    more.add(step);
    return new Change(operation, kind, reference, more, ifRevision);
  }

  /// The same, granting a bundle as well.
  public Change grant(Bundle bundle) {
    Change change = this;
    for (var amount : bundle.amounts().entrySet()) {
      change = change.and(new Step.Grant(amount.getKey(), amount.getValue()));
    }
    return change;
  }

  /// The same, delivering a bundle as well.
  public Change deliver(Bundle bundle) {
    Change change = this;
    for (var amount : bundle.amounts().entrySet()) {
      change = change.and(new Step.Deliver(amount.getKey(), amount.getValue()));
    }
    return change;
  }

  /// The same, taking back what is left of a bundle as well.
  public Change takeUpTo(Bundle bundle) {
    Change change = this;
    for (var amount : bundle.amounts().entrySet()) {
      change = change.and(new Step.TakeUpTo(amount.getKey(), amount.getValue()));
    }
    return change;
  }

  /// The same, only for an inventory that is still at this revision.
  public Change onlyAt(@Nullable Long revision) {
    return new Change(operation, kind, reference, steps, revision);
  }

  /// Everything it touches.
  public Set<Asset> assets() {
    var assets = new LinkedHashSet<Asset>();
    steps.forEach(step -> assets.add(step.asset()));
    return assets;
  }

  /// What it asks for, as a short text: two operations of one id must ask for the same.
  public String fingerprint() {
    var text = new StringBuilder(kind).append('\n').append(reference);
    for (Step step : steps) {
      text.append('\n').append(word(step)).append(' ').append(step.asset().key());
      text.append(' ').append(amount(step));
    }
    return OperationId.hash(text.toString());
  }

  private static String word(Step step) {
    return switch (step) {
      case Step.Grant _ -> "grant";
      case Step.Deliver _ -> "deliver";
      case Step.Take _ -> "take";
      case Step.TakeUpTo _ -> "take-up-to";
      case Step.Consume _ -> "consume";
      case Step.Send _ -> "send";
      case Step.Equip _ -> "equip";
      case Step.Unequip _ -> "unequip";
    };
  }

  private static long amount(Step step) {
    return switch (step) {
      case Step.Grant(var _, long amount) -> amount;
      case Step.Deliver(var _, long amount) -> amount;
      case Step.Take(var _, long amount) -> amount;
      case Step.TakeUpTo(var _, long amount) -> amount;
      case Step.Consume(var _, long amount) -> amount;
      case Step.Send(var _, long amount) -> amount;
      case Step.Equip _, Step.Unequip _ -> 0;
    };
  }
}

package dev.fireside.payments.purchases.store;

import dev.fireside.payments.purchases.domain.Archive;
import dev.fireside.payments.purchases.domain.Fact;
import dev.fireside.payments.purchases.domain.Purchase;
import dev.fireside.payments.purchases.domain.Sale;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// What of a purchase no longer fits into its document: parts of it in
/// `purchases/{purchase}/older/{number}`, each written once. A purchase that is so long reads them
/// with every event.
final class PurchaseArchive {
  /// What Firestore needs for a fact or transaction beside its texts.
  private static final int EACH = 100;

  private PurchaseArchive() {}

  static String path(String purchase, int number) {
    return purchase + "/older/" + number;
  }

  /// Where all that is kept apart stands.
  static List<String> paths(String purchase, int parts) {
    return IntStream.range(0, parts).mapToObj(number -> path(purchase, number)).toList();
  }

  /// What of a purchase is not kept apart, or is newer than that.
  static Archive.Part head(Purchase purchase) {
    Archive archive = purchase.facts().archive();
    Set<Fact> facts = archive.facts();
    Map<String, Sale> sales = archive.sales();
    return new Archive.Part(
        purchase.facts().list().stream().filter(fact -> !facts.contains(fact)).toList(),
        purchase.sales().values().stream()
            .filter(sale -> !sale.equals(sales.get(sale.key())))
            .toList());
  }

  /// What of `head` is to be kept apart where it weighs more than `max`, so that half of that is
  /// left: transactions, and the oldest facts, but nothing that may be taken away again.
  static List<Archive.Part> split(Archive.Part head, int max) {
    var parts = new ArrayList<Archive.Part>();
    long left = weigh(head);
    if (left <= max) {
      return parts;
    }
    var pieces = new ArrayList<Object>(head.sales());
    head.facts().stream().filter(fact -> !(fact instanceof Fact.Mailed)).forEach(pieces::add);
    var facts = new ArrayList<Fact>();
    var sales = new ArrayList<Sale>();
    long weight = 0;
    for (Object piece : pieces) {
      if (piece instanceof Sale sale) {
        sales.add(sale);
      } else if (piece instanceof Fact fact) {
        facts.add(fact);
      }
      weight += weigh(piece);
      left -= weigh(piece);
      if (weight > max / 2 || left <= max / 2) {
        parts.add(new Archive.Part(facts, sales));
        facts.clear();
        sales.clear();
        weight = 0;
      }
      if (left <= max / 2) {
        break;
      }
    }
    if (!facts.isEmpty() || !sales.isEmpty()) {
      parts.add(new Archive.Part(facts, sales));
    }
    return parts;
  }

  static Archive with(Archive archive, Archive.Part part) {
    var parts = new ArrayList<>(archive.parts());
    parts.add(part);
    return new Archive(parts);
  }

  static Archive.Part without(Archive.Part head, Archive.Part apart) {
    var facts = new HashSet<>(apart.facts());
    var sales = new HashSet<>(apart.sales());
    return new Archive.Part(
        head.facts().stream().filter(fact -> !facts.contains(fact)).toList(),
        head.sales().stream().filter(sale -> !sales.contains(sale)).toList());
  }

  private static long weigh(Archive.Part part) {
    return part.facts().stream().mapToLong(PurchaseArchive::weigh).sum()
        + part.sales().stream().mapToLong(PurchaseArchive::weigh).sum();
  }

  /// About how many bytes something takes in a document: records print all they hold.
  private static long weigh(Object value) {
    return (long) EACH + value.toString().getBytes(StandardCharsets.UTF_8).length;
  }
}

package dev.fireside.payments.purchases.domain;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What of a long purchase is kept apart from its document: once written it stays as it is, and
/// what is newer stands in the document.
///
/// @param parts the parts, in the order in which they were written
public record Archive(List<Part> parts) {
  /// Nothing is kept apart.
  public static final Archive EMPTY = new Archive(List.of());

  /// One part.
  public record Part(List<Fact> facts, List<Sale> sales) {
    public Part {
      facts = List.copyOf(facts);
      sales = List.copyOf(sales);
    }
  }

  public Archive {
    parts = List.copyOf(parts);
  }

  /// The facts that are kept apart, some of them out of date.
  public Set<Fact> facts() {
    var facts = new HashSet<Fact>();
    parts.forEach(part -> facts.addAll(part.facts()));
    return facts;
  }

  /// The transactions that are kept apart by key, as they were written last.
  public Map<String, Sale> sales() {
    var sales = new HashMap<String, Sale>();
    parts.forEach(part -> part.sales().forEach(sale -> sales.put(sale.key(), sale)));
    return sales;
  }
}

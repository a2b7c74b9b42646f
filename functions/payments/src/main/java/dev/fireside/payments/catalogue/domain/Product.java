package dev.fireside.payments.catalogue.domain;

import dev.fireside.ledger.domain.Asset;
import dev.fireside.ledger.domain.Money;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a product of the catalogue gives.
///
/// @param id our name for it
/// @param names the stores' product and price ids for it, beside its own id
/// @param entitlements what the buyer may do while it runs; for ever where it has no period
/// @param units how many of each item and virtual currency it puts into the inventory, each period
/// @param band what it should cost, by currency; a price outside is doubtful
/// @param price what our own checkout asks for; null where it is sold by a Stripe price or not at
///   all
/// @param stripePrice the Stripe price that our own checkout sells it by
/// @param subscription whether it renews
public record Product(
    String id,
    List<String> names,
    List<String> entitlements,
    Map<Asset, Long> units,
    Map<String, Band> band,
    @Nullable Money price,
    @Nullable String stripePrice,
    boolean subscription) {
  /// What our own names for products are.
  public static final String ID_RULE =
      "must be 1 to 64 letters, digits, `_`, `.` or `-`, and not `.`, `..` or `__…__`";

  /// Store products are written as they are, and purchases wait for them by name.
  public static final Pattern ID = Pattern.compile("(?!\\.\\.?$|__.*__$)[A-Za-z0-9_.-]{1,64}");

  /// The lowest and highest plausible price, in minor units.
  public record Band(long min, long max) {
    public Band {
      if (min < 0 || max < min) {
        throw new IllegalArgumentException("A price band goes from low to high");
      }
    }
  }

  public Product {
    names = List.copyOf(names);
    entitlements = List.copyOf(entitlements);
    units = java.util.Collections.unmodifiableMap(sorted(units));
    band = Map.copyOf(band);
  }

  private static Map<Asset, Long> sorted(Map<Asset, Long> units) {
    var sorted = new TreeMap<Asset, Long>(java.util.Comparator.comparing(Asset::code));
    sorted.putAll(units);
    return sorted;
  }
}

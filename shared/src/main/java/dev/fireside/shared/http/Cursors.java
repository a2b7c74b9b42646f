package dev.fireside.shared.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fireside.shared.cache.Memo;
import dev.fireside.shared.ids.Hmac;
import dev.fireside.shared.json.Json;
import java.io.IOException;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;

/// Signed cursors, bound to what they page through.
///
/// A cursor is base64url of JSON `{c: context, p: position, e: expiry}` and an HMAC-SHA256 over it.
/// The context names the list and, where pages differ by person, the person: a cursor taken
/// elsewhere, by somebody else, changed or older than [#LIFE] is a 400. Expiries are full hours, so
/// that a page that has not changed has the same cursors, and with them the same ETag.
public final class Cursors {
  /// How long a cursor can be used, at least; up to an hour longer.
  public static final Duration LIFE = Duration.ofHours(24);

  private static final int MAC_BYTES = 16;
  private static final int LENGTH_MAX = 1_024;

  private static final int ISSUED_KEPT = 4_096;

  private final List<Hmac> keys;

  /// Cursors of pages that are read again and again: to sign one takes a while.
  private final Memo<Place, String> issued = Memo.byValue(ISSUED_KEPT);

  private final Clock clock;

  /// @param secrets the first signs, all verify
  public Cursors(List<String> secrets, Clock clock) {
    this.keys = secrets.stream().map(Hmac::new).toList();
    this.clock = clock;
  }

  /// A cursor for the place after `position`.
  public String issue(String context, String position) {
    return issued.get(new Place(context, position, expiry().getEpochSecond()), this::signed);
  }

  /// What a cursor says.
  private record Place(String context, String position, long expirySeconds) {}

  private String signed(Place place) {
    // In this order everywhere: the same cursor has to be the same text.
    var fields = new LinkedHashMap<String, Object>();
    fields.put("c", place.context());
    fields.put("p", place.position());
    fields.put("e", place.expirySeconds());
    try {
      byte[] payload = Json.mapper().writeValueAsBytes(fields);
      byte[] mac = mac(keys.getFirst(), payload);
      byte[] all = Arrays.copyOf(mac, mac.length + payload.length);
      System.arraycopy(payload, 0, all, mac.length, payload.length);
      String cursor = encoded(all);
      if (cursor.length() > LENGTH_MAX) {
        throw new IllegalArgumentException("The position is too long for a cursor");
      }
      return cursor;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private Instant expiry() {
    return clock.instant().plus(LIFE).truncatedTo(ChronoUnit.HOURS).plus(1, ChronoUnit.HOURS);
  }

  /// The position in a cursor. Throws a 400 problem for one that was not issued for `context`.
  public String read(String context, String cursor) {
    if (cursor.length() > LENGTH_MAX) {
      throw invalid();
    }
    try {
      byte[] all = Base64.getUrlDecoder().decode(cursor);
      // The decoder passes over padding and over bits that stand for nothing.
      if (all.length <= MAC_BYTES || !encoded(all).equals(cursor)) {
        throw invalid();
      }
      byte[] mac = Arrays.copyOf(all, MAC_BYTES);
      byte[] payload = Arrays.copyOfRange(all, MAC_BYTES, all.length);
      if (keys.stream().noneMatch(key -> MessageDigest.isEqual(mac(key, payload), mac))) {
        throw invalid();
      }
      JsonNode node = Json.mapper().readTree(payload);
      if (!node.path("c").asText().equals(context)
          || node.path("e").asLong() <= clock.instant().getEpochSecond()) {
        throw invalid();
      }
      return node.path("p").asText();
    } catch (IllegalArgumentException | IOException e) {
      throw invalid();
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static ProblemException invalid() {
    return ProblemException.of(
        ProblemType.INVALID_CURSOR,
        "The cursor was changed, is too old, or belongs to another list; start again without one");
  }

  private static byte[] mac(Hmac key, byte[] payload) {
    return Arrays.copyOf(key.of(payload), MAC_BYTES);
  }
}

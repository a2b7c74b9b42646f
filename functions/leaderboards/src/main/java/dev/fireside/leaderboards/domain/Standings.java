package dev.fireside.leaderboards.domain;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The entries of one period, to be put into rank order: some 60 bytes each, so that a million of
/// them fit into a small process.
public final class Standings {
  private static final int CAPACITY_FIRST = 1_024;
  private static final int UID_BYTES_FIRST = 32;

  private final boolean highestFirst;
  private final boolean highestSubscoreFirst;
  private int size;
  private long[] scores = new long[CAPACITY_FIRST];
  private long[] subscores = new long[CAPACITY_FIRST];
  private long[] times = new long[CAPACITY_FIRST];
  private char[] countries = new char[2 * CAPACITY_FIRST];
  private boolean[] metadata = new boolean[CAPACITY_FIRST];

  /// Where each uid begins in `uids`; the next one's beginning is its end.
  private int[] starts = new int[CAPACITY_FIRST + 1];

  private byte[] uids = new byte[CAPACITY_FIRST * UID_BYTES_FIRST];

  /// Entry by place; null until they are put in order.
  private int @Nullable [] order;

  /// One entry.
  ///
  /// @param score in units of the board
  /// @param subscore in units of the board
  /// @param at when it was reached, in microseconds since 1970
  /// @param country its two letters, or null
  /// @param hasMetadata whether the player's document holds metadata for it
  public record Entry(
      String uid,
      long score,
      long subscore,
      long at,
      @Nullable String country,
      boolean hasMetadata) {}

  /// @param highestFirst whether the highest score is the best, or the lowest
  /// @param highestSubscoreFirst the same for subscores
  public Standings(boolean highestFirst, boolean highestSubscoreFirst) {
    this.highestFirst = highestFirst;
    this.highestSubscoreFirst = highestSubscoreFirst;
  }

  /// Adds an entry; a uid comes once.
  public void add(Entry entry) {
    byte[] uid = entry.uid().getBytes(StandardCharsets.UTF_8);
    makeRoom(uid.length);
    scores[size] = entry.score();
    subscores[size] = entry.subscore();
    times[size] = entry.at();
    metadata[size] = entry.hasMetadata();
    if (entry.country() != null) {
      countries[2 * size] = entry.country().charAt(0);
      countries[2 * size + 1] = entry.country().charAt(1);
    }
    System.arraycopy(uid, 0, uids, starts[size], uid.length);
    starts[size + 1] = starts[size] + uid.length;
    size++;
    order = null;
  }

  private void makeRoom(int uidLength) {
    if (size == scores.length) {
      int capacity = size + size / 2;
      scores = Arrays.copyOf(scores, capacity);
      subscores = Arrays.copyOf(subscores, capacity);
      times = Arrays.copyOf(times, capacity);
      countries = Arrays.copyOf(countries, 2 * capacity);
      metadata = Arrays.copyOf(metadata, capacity);
      starts = Arrays.copyOf(starts, capacity + 1);
    }
    if (uids.length - starts[size] < uidLength) {
      uids = Arrays.copyOf(uids, uids.length + uids.length / 2 + uidLength);
    }
  }

  /// How many entries there are.
  public int size() {
    return size;
  }

  /// The entry at a place, 0 for the best: by score, then subscore, then who was earlier, then uid.
  public Entry at(int place) {
    Objects.checkIndex(place, size);
    int entry = ordered()[place];
    char first = countries[2 * entry];
    return new Entry(
        new String(uids, starts[entry], starts[entry + 1] - starts[entry], StandardCharsets.UTF_8),
        scores[entry],
        subscores[entry],
        times[entry],
        first == 0 ? null : "" + first + countries[2 * entry + 1],
        metadata[entry]);
  }

  private int[] ordered() {
    int[] done = order;
    if (done == null) {
      done = sorted();
      order = done;
    }
    return done;
  }

  /// Merge sort from below: the library sorts indexes by a comparator only as objects.
  private int[] sorted() {
    int[] from = new int[size];
    Arrays.setAll(from, i -> i);
    int[] to = new int[size];
    for (long width = 1; width < size; width *= 2) {
      for (long start = 0; start < size; start += 2 * width) {
        merge(
            from,
            to,
            (int) start,
            (int) Math.min(size, start + width),
            (int) Math.min(size, start + 2 * width));
      }
      int[] swapped = from;
      from = to;
      to = swapped;
    }
    return from;
  }

  private void merge(int[] from, int[] to, int start, int middle, int end) {
    int left = start;
    int right = middle;
    for (int i = start; i < end; i++) {
      boolean takesLeft = left < middle && (right >= end || compare(from[left], from[right]) <= 0);
      to[i] = takesLeft ? from[left++] : from[right++];
    }
  }

  private int compare(int a, int b) {
    int byScore = Long.compare(scores[a], scores[b]);
    if (byScore != 0) {
      return highestFirst ? -byScore : byScore;
    }
    int bySubscore = Long.compare(subscores[a], subscores[b]);
    if (bySubscore != 0) {
      return highestSubscoreFirst ? -bySubscore : bySubscore;
    }
    int byTime = Long.compare(times[a], times[b]);
    return byTime != 0
        ? byTime
        : Arrays.compareUnsigned(uids, starts[a], starts[a + 1], uids, starts[b], starts[b + 1]);
  }
}

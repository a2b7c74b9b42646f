package dev.fireside.play.store;

import dev.fireside.play.domain.BoardId;
import dev.fireside.play.domain.Entry;
import dev.fireside.play.domain.HiddenBy;
import dev.fireside.play.domain.PlayerBoard;
import dev.fireside.play.domain.Remembered;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import dev.fireside.shared.store.Transaction;
import dev.fireside.shared.store.Writes;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What players have on boards: `leaderboards/{board}/players/{uid}`.
public final class PlayerStore {
  private static final String COLLECTION = "players";

  private final Documents documents;

  public PlayerStore(Platform platform) {
    this.documents = platform.documents();
  }

  /// The document of a player on a board.
  public static String path(BoardId board, Uid uid) {
    return BoardStore.path(board) + "/" + COLLECTION + "/" + uid;
  }

  /// What a player has on a board; empty where the player never had anything.
  public Optional<PlayerBoard> get(BoardId board, Uid uid) {
    return documents.get(path(board, uid)).map(PlayerStore::parse);
  }

  /// What many players have on a board; those who never had anything are left out.
  public Map<Uid, PlayerBoard> getAll(BoardId board, Collection<Uid> uids) {
    var players = new HashMap<Uid, PlayerBoard>();
    documents
        .getAll(uids.stream().map(uid -> path(board, uid)).toList())
        .values()
        .forEach(document -> players.put(new Uid(document.id()), parse(document)));
    return players;
  }

  /// What a player has on all boards.
  ///
  /// @param after the path of a document to go on after; null for the first page
  public List<PlayerBoard> ofPlayer(Uid uid, @Nullable String after, int limit) {
    var query =
        documents
            .collectionGroup(COLLECTION)
            .whereEqualTo("uid", uid.value())
            .orderBy("__name__")
            .limit(limit);
    return documents.list(after == null ? query : query.startAfter(after)).stream()
        .map(PlayerStore::parse)
        .toList();
  }

  /// The players who have an entry in a period, in the order of their ids.
  ///
  /// @param after the id to go on after; null for the first page
  public List<PlayerBoard> ofPeriod(BoardId board, String period, @Nullable Uid after, int limit) {
    var query =
        documents
            .collection(BoardStore.path(board) + "/" + COLLECTION)
            .whereArrayContains("periods", period)
            .orderBy("__name__")
            .limit(limit);
    return documents.list(after == null ? query : query.startAfter(after.value())).stream()
        .map(PlayerStore::parse)
        .toList();
  }

  /// Changes what a player has, in a transaction of its own; the ranks are to be updated after.
  ///
  /// @return as it is now; empty where the player never had anything
  public Optional<PlayerBoard> change(BoardId board, Uid uid, UnaryOperator<PlayerBoard> change) {
    return documents.transact(transaction -> {
      Optional<Document> found = transaction.get(path(board, uid));
      if (found.isEmpty()) {
        return Optional.<PlayerBoard>empty();
      }
      PlayerBoard before = parse(found.get());
      PlayerBoard changed = change.apply(before);
      return Optional.of(changed.equals(before) ? before : write(transaction, changed));
    });
  }

  /// Writes what a player has, as a new revision.
  ///
  /// @return what was written
  public static PlayerBoard write(Transaction transaction, PlayerBoard player) {
    PlayerBoard revised = player.revised(Document.versionOf(transaction.readTime()));
    transaction.set(path(player.board(), player.uid()), fields(revised));
    return revised;
  }

  /// Writes what a player has, as a new revision, where the document is still as it was read.
  ///
  /// @param asRead what the change was made from; null where there was no document
  /// @param micros when that was read, by Firestore's clock
  /// @return what was written
  public static PlayerBoard write(
      Writes writes, @Nullable Document asRead, long micros, PlayerBoard player) {
    PlayerBoard revised = player.revised(micros);
    // All fields but the country are always there, and that is never taken away.
    writes.write(path(player.board(), player.uid()), asRead, fields(revised));
    return revised;
  }

  /// A player from the document.
  public static PlayerBoard parse(Document document) {
    Fields fields = document.fields();
    var entries = new HashMap<String, Entry>();
    Fields stored = fields.map("entries");
    stored.names().forEach(key -> entries.put(key, entry(stored.map(key))));
    var keys = new HashMap<String, Remembered>();
    Fields remembered = fields.map("keys");
    remembered.names().forEach(key -> keys.put(key, remembered(remembered.map(key))));
    return new PlayerBoard(
        new BoardId(document.path().split("/", -1)[1]),
        new Uid(document.id()),
        fields.text("country").orElse(null),
        hiddenBy(fields),
        fields.number("revision"),
        entries,
        keys);
  }

  private static Set<HiddenBy> hiddenBy(Fields fields) {
    Set<HiddenBy> by =
        fields.texts("hiddenBy").stream()
            .map(name -> WireNames.parse(HiddenBy.class, name))
            .collect(Collectors.toSet());
    // Older documents, and parts of one, do not say by what: that was always a moderator.
    return by.isEmpty() && fields.flag("hidden") ? Set.of(HiddenBy.MODERATOR) : by;
  }

  private static Remembered remembered(Fields fields) {
    return new Remembered(
        fields.number("firmly"), fields.number("until"), fields.requiredText("fingerprint"));
  }

  private static Entry entry(Fields fields) {
    return new Entry(
        fields.number("score"),
        fields.number("subscore"),
        fields.number("at"),
        fields.text("metadata").orElse(null),
        (int) fields.number("attempts"),
        fields.flag("joined"),
        fields.flag("scored"),
        fields.text("country").orElse(null));
  }

  /// The fields of a player's document.
  public static Map<String, Object> fields(PlayerBoard player) {
    var fields = new HashMap<String, Object>();
    fields.put("board", player.board().value());
    fields.put("uid", player.uid().value());
    put(fields, "country", player.country());
    fields.put("hidden", player.hidden());
    fields.put("hiddenBy", player.hiddenBy().stream().map(WireNames::of).sorted().toList());
    fields.put("revision", player.revision());
    fields.put("periods", player.entries().keySet().stream().sorted().toList());
    var entries = new HashMap<String, Object>();
    player.entries().forEach((key, entry) -> entries.put(key, fields(entry)));
    fields.put("entries", entries);
    var keys = new HashMap<String, Object>();
    player.keys().forEach((key, remembered) -> keys.put(key, fields(remembered)));
    fields.put("keys", keys);
    return fields;
  }

  private static Map<String, Object> fields(Remembered remembered) {
    return Map.of(
        "firmly", remembered.firmly(),
        "until", remembered.until(),
        "fingerprint", remembered.fingerprint());
  }

  private static Map<String, Object> fields(Entry entry) {
    var fields = new HashMap<String, Object>();
    fields.put("score", entry.score());
    fields.put("subscore", entry.subscore());
    fields.put("at", entry.at());
    put(fields, "metadata", entry.metadata());
    fields.put("attempts", (long) entry.attempts());
    fields.put("joined", entry.joined());
    fields.put("scored", entry.scored());
    put(fields, "country", entry.country());
    return fields;
  }

  private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
    if (value != null) {
      fields.put(name, value);
    }
  }
}

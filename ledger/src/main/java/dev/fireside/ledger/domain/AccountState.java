package dev.fireside.ledger.domain;

/// An account as its last entry left it.
///
/// @param id book, account, asset and shard in one
/// @param balance debits less credits
/// @param entries how many entries it has
/// @param head hash of the last of them; empty for none
public record AccountState(String id, long balance, long entries, String head) {
  /// In how many documents accounts of the house are kept.
  public static final int SHARDS = 16;

  /// An account without entries.
  public static AccountState empty(String id) {
    return new AccountState(id, 0, 0, "");
  }

  /// The id of the account that takes a posting. All postings of a journal go to one shard, and
  /// those about one sale too.
  public static String idFor(Book book, Posting posting, String shardKey) {
    String base = idOf(book.wireName(), posting.account().text(), posting.asset().code());
    return posting.account().isSharded()
        ? base + "|" + Math.floorMod(shardKey.hashCode(), SHARDS)
        : base;
  }

  /// The id of an account over all of its shards.
  public static String idOf(String book, String account, String asset) {
    return book + "|" + account + "|" + asset.replace(':', '.');
  }

  /// Whether an id is that of an account, or of one of its shards.
  static boolean isShardOf(String id, String base) {
    return id.equals(base) || id.startsWith(base + "|");
  }

  /// The account after an entry.
  public AccountState with(Entry entry) {
    return new AccountState(
        id, Math.addExact(balance, entry.posting().signed()), entry.sequence(), entry.hash());
  }
}

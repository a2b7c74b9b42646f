package dev.fireside.ledger.domain;

import java.util.ArrayList;
import java.util.List;

/// One posting at its place in the chain of its account: the hash covers the posting, its journal
/// and the hash before it, so that nothing can be changed, taken out or put in between unseen.
///
/// @param accountId the account, with its book, asset and shard
/// @param sequence 1 for the first entry of the account, without gaps
/// @param previous hash of the entry before; empty for the first
/// @param posting what is posted
/// @param hash hex SHA-256
public record Entry(
    String accountId, long sequence, String previous, Posting posting, String hash) {

  /// The next entry of an account.
  public static Entry after(AccountState account, Journal journal, Posting posting) {
    long sequence = account.entries() + 1;
    return new Entry(
        account.id(),
        sequence,
        account.head(),
        posting,
        hash(account.id(), sequence, account.head(), posting, journal));
  }

  /// Whether the hash is that of this entry in this journal.
  public boolean isSealed(Journal journal) {
    return hash.equals(hash(accountId, sequence, previous, posting, journal));
  }

  private static String hash(
      String accountId, long sequence, String previous, Posting posting, Journal journal) {
    var parts =
        new ArrayList<>(
            List.of(
                previous,
                accountId,
                Long.toString(sequence),
                posting.account().text(),
                posting.asset().code(),
                posting.side().sealed(),
                Long.toString(posting.amount()),
                journal.id(),
                journal.kind().sealed(),
                journal.book().sealed(),
                String.valueOf(journal.uid()),
                journal.occurredAt().toString(),
                String.valueOf(journal.reverses()),
                String.valueOf(journal.memo())));
    // Of a journal without labels the hash is as it was before there were any.
    journal.labels().forEach((name, value) -> parts.add(name + "=" + value));
    return Seal.of(parts);
  }
}

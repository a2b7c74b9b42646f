package dev.fireside.shared.store;

import com.google.cloud.firestore.Firestore;
import com.google.cloud.firestore.Precondition;
import com.google.cloud.firestore.SetOptions;
import com.google.cloud.firestore.UpdateBuilder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Writes that are committed together.
public sealed class Writes permits Transaction {
  final Firestore firestore;
  private final UpdateBuilder<?> updates;
  private int written;
  private int deleted;

  Writes(Firestore firestore, UpdateBuilder<?> updates) {
    this.firestore = firestore;
    this.updates = updates;
  }

  /// Creates a document; the whole commit fails when it exists.
  public void create(String path, Map<String, ?> fields) {
    written++;
    updates.create(firestore.document(path), Values.toFirestore(fields));
  }

  /// Writes a whole document.
  public void set(String path, Map<String, ?> fields) {
    written++;
    updates.set(firestore.document(path), Values.toFirestore(fields));
  }

  /// Writes the given fields (maps are merged), creating the document where it is missing.
  public void merge(String path, Map<String, ?> fields) {
    written++;
    updates.set(firestore.document(path), Values.toFirestore(fields), SetOptions.merge());
  }

  /// Changes fields (dotted names reach into maps); the whole commit fails where there is no
  /// document.
  public void update(String path, Map<String, ?> fields) {
    written++;
    updates.update(firestore.document(path), Values.toFirestore(fields));
  }

  /// Changes fields (dotted names reach into maps) of a document that is still as it was read; the
  /// whole commit fails otherwise. For [Documents#writeIfUnchanged].
  public void update(Document asRead, Map<String, ?> fields) {
    written++;
    updates.update(
        firestore.document(asRead.path()), Values.toFirestore(fields), unchanged(asRead));
  }

  /// Writes the given fields of a document that is still as it was read: changes them, or creates
  /// it with them where there was none. The whole commit fails otherwise.
  ///
  /// @param asRead null where there was none
  public void write(String path, @Nullable Document asRead, Map<String, ?> fields) {
    if (asRead == null) {
      create(path, fields);
    } else {
      update(asRead, fields);
    }
  }

  /// Deletes a document that is still as it was read; the whole commit fails otherwise. For
  /// [Documents#writeIfUnchanged].
  public void delete(Document asRead) {
    deleted++;
    updates.delete(firestore.document(asRead.path()), unchanged(asRead));
  }

  private static Precondition unchanged(Document asRead) {
    return Precondition.updatedAt(Values.toTimestamp(asRead.updateTime()));
  }

  /// Deletes a document.
  public void delete(String path) {
    deleted++;
    updates.delete(firestore.document(path));
  }

  int written() {
    return written;
  }

  int deleted() {
    return deleted;
  }
}

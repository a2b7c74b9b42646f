package dev.fireside.emulator.storage.disk;

import org.jspecify.annotations.Nullable;

/// What a client asks an object to be like before anything is done; null where it does not ask.
///
/// @param ifGenerationMatch 0 for an object that must not exist
public record Conditions(
    @Nullable Long ifGenerationMatch,
    @Nullable Long ifGenerationNotMatch,
    @Nullable Long ifMetagenerationMatch,
    @Nullable Long ifMetagenerationNotMatch) {
  /// Nothing is asked.
  public static final Conditions NONE = new Conditions(null, null, null, null);

  /// Throws a 412 [Refusal] unless `current` is as asked.
  void check(@Nullable StoredObject current) {
    long generation = current == null ? 0 : current.generation();
    long metageneration = current == null ? 0 : current.metageneration();
    require(ifGenerationMatch == null || ifGenerationMatch == generation, 412);
    require(ifMetagenerationMatch == null || ifMetagenerationMatch == metageneration, 412);
    require(ifGenerationNotMatch == null || ifGenerationNotMatch != generation, 412);
    require(ifMetagenerationNotMatch == null || ifMetagenerationNotMatch != metageneration, 412);
  }

  /// The same for a read, which has nothing to send where a version is the one that the client has:
  /// a 304 [Refusal].
  public void checkRead(StoredObject object) {
    require(ifGenerationMatch == null || ifGenerationMatch == object.generation(), 412);
    require(ifMetagenerationMatch == null || ifMetagenerationMatch == object.metageneration(), 412);
    require(ifGenerationNotMatch == null || ifGenerationNotMatch != object.generation(), 304);
    require(
        ifMetagenerationNotMatch == null || ifMetagenerationNotMatch != object.metageneration(),
        304);
  }

  private static void require(boolean met, int status) {
    if (!met) {
      throw new Refusal(
          status,
          "conditionNotMet",
          "At least one of the pre-conditions you specified did not hold.");
    }
  }
}

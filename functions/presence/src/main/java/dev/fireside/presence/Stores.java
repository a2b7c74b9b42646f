package dev.fireside.presence;

import dev.fireside.presence.store.CountTurns;
import dev.fireside.presence.store.PresenceStore;
import dev.fireside.presence.store.SettingsStore;
import dev.fireside.presence.store.StatusTree;
import dev.fireside.presence.store.TypingTree;
import dev.fireside.presence.store.Watchers;
import dev.fireside.shared.Platform;
import dev.fireside.shared.redis.Redis;
import dev.fireside.social.store.ProfileReader;
import dev.fireside.social.store.RelationReader;

/// What the use cases are made of.
record Stores(
    Redis redis,
    ProfileReader profiles,
    RelationReader relations,
    PresenceStore presence,
    SettingsStore settings,
    StatusTree tree,
    Watchers watchers,
    TypingTree typing,
    CountTurns turns) {
  Stores(Platform platform) {
    this(
        platform.redis(),
        new ProfileReader(platform),
        new RelationReader(platform),
        new PresenceStore(platform),
        new SettingsStore(platform),
        new StatusTree(platform),
        new Watchers(platform),
        new TypingTree(platform),
        new CountTurns(platform));
  }
}

/// Profiles, follows, blocks, mutes, roles and sessions: entry points and use cases.
@NullMarked
package dev.fireside.accounts;

import org.jspecify.annotations.NullMarked;

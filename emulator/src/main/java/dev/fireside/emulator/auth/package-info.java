/// A local Firebase Auth: what the Admin SDK and the client SDKs ask Identity Toolkit for, in
/// memory, for any number of projects.
@NullMarked
package dev.fireside.emulator.auth;

import org.jspecify.annotations.NullMarked;

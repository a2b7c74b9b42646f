/// The local cloud for tests: started once a JVM, a project of its own for each test class.
@NullMarked
package dev.fireside.emulator.testing;

import org.jspecify.annotations.NullMarked;

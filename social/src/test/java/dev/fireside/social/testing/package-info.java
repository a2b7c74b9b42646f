/// What tests of several functions need of people and posts. Other modules take it as this module's
/// test jar.
@NullMarked
package dev.fireside.social.testing;

import org.jspecify.annotations.NullMarked;

/// Resumable uploads, and the videos made of them. Each folder is a feature; this one puts them
/// together.
@NullMarked
package dev.fireside.uploads;

import org.jspecify.annotations.NullMarked;

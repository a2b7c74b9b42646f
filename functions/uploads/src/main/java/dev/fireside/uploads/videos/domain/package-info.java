/// The rules of videos, in plain Java.
@NullMarked
package dev.fireside.uploads.videos.domain;

import org.jspecify.annotations.NullMarked;

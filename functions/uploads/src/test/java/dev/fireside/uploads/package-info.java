/// Tests of uploads and videos against the local cloud.
@NullMarked
package dev.fireside.uploads;

import org.jspecify.annotations.NullMarked;

/// What presence is, and who may see it: plain rules.
@NullMarked
package dev.fireside.presence.domain;

import org.jspecify.annotations.NullMarked;

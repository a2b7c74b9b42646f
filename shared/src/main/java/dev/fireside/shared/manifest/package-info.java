/// The manifest of a module: what `functions.yaml` says of its entry points.
@NullMarked
package dev.fireside.shared.manifest;

import org.jspecify.annotations.NullMarked;

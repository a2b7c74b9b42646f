/// What a handle and a profile may be.
@NullMarked
package dev.fireside.accounts.domain;

import org.jspecify.annotations.NullMarked;

/// People, posts and relations as plain values, and the rules of sight.
@NullMarked
package dev.fireside.social.domain;

import org.jspecify.annotations.NullMarked;

/// Home feeds, trending and hashtags: who is shown which posts in which order.
@NullMarked
package dev.fireside.feed;

import org.jspecify.annotations.NullMarked;

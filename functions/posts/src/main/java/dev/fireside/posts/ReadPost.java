package dev.fireside.posts;

import dev.fireside.posts.store.Stores;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.PostEntry;
import dev.fireside.social.domain.PostView;
import dev.fireside.social.store.PostAssembler;
import dev.fireside.social.store.PostAssembler.Purpose;
import dev.fireside.social.store.PostReader;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Shows one post to somebody who asked for it.
final class ReadPost {
  private final PostReader reader;
  private final PostAssembler assembler;

  ReadPost(Stores stores) {
    this.reader = stores.reader();
    this.assembler = stores.assembler();
  }

  /// Empty for a post that is not there or that the viewer may not see.
  Optional<PostView> read(@Nullable Uid viewer, String id) {
    return reader
        .get(id)
        .flatMap(post ->
            assembler.assemble(viewer, List.of(PostEntry.of(post)), Purpose.READ).stream()
                .findFirst());
  }
}

package dev.fireside.social.store;

import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Fields;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostRef;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.Visibility;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A post as its document holds it.
public final class PostDocument {
  private PostDocument() {}

  /// A post from its document.
  public static Post parse(Document document) {
    Fields fields = document.fields();
    var counts = new HashMap<String, Long>();
    Fields raw = fields.map("counts");
    raw.names().forEach(name -> counts.put(name, raw.number(name)));
    return new Post(
        Ids.fromDocumentName(document.id()),
        new Uid(fields.requiredText("author")),
        fields.requiredOneOf("kind", PostKind.class),
        fields.text("text").orElse(""),
        MediaDocument.parse(fields),
        ref(fields.map("ref")),
        fields.requiredOneOf("visibility", Visibility.class),
        fields.requiredOneOf("status", PostStatus.class),
        fields.texts("hashtags"),
        people(fields, "mentions"),
        people(fields, "quoted"),
        counts,
        fields.instant("createdAt").orElse(Instant.EPOCH),
        fields.instant("editedAt").orElse(null));
  }

  private static List<Uid> people(Fields fields, String name) {
    return fields.texts(name).stream().map(Uid::new).toList();
  }

  /// The fields of a post's document. `counts` is written by recounts and left out.
  public static Map<String, Object> fields(Post post) {
    var fields = new HashMap<String, Object>();
    fields.put("id", post.id());
    fields.put("author", post.author().value());
    fields.put("kind", WireNames.of(post.kind()));
    fields.put("text", post.text());
    fields.put("media", MediaDocument.fields(post.media()));
    if (post.ref() != null) {
      fields.put("ref", Map.of("id", post.ref().id(), "author", post.ref().author().value()));
    }
    fields.put("visibility", WireNames.of(post.visibility()));
    fields.put("status", WireNames.of(post.status()));
    fields.put("hashtags", post.hashtags());
    fields.put("mentions", post.mentions().stream().map(Uid::value).toList());
    if (!post.quoted().isEmpty()) {
      fields.put("quoted", post.quoted().stream().map(Uid::value).toList());
    }
    fields.put("createdAt", post.createdAt());
    if (post.editedAt() != null) {
      fields.put("editedAt", post.editedAt());
    }
    return fields;
  }

  private static @Nullable PostRef ref(Fields ref) {
    return ref.text("id")
        .map(id -> new PostRef(id, new Uid(ref.requiredText("author"))))
        .orElse(null);
  }
}

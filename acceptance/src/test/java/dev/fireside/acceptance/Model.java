package dev.fireside.acceptance;

import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostKind;
import dev.fireside.social.domain.PostStatus;
import dev.fireside.social.domain.Profile;
import dev.fireside.social.domain.Relation;
import dev.fireside.social.domain.Sight;
import dev.fireside.social.store.PostDocument;
import dev.fireside.social.store.ProfileReader;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What everything should look like, worked out from all documents in the plainest way.
final class Model {
  private final Map<String, Post> posts = new HashMap<>();
  private final Map<Uid, Profile> profiles = new HashMap<>();
  private final Set<String> follows;
  private final Set<String> blocks;
  private final Set<String> mutes;
  private final List<Document> reactions;
  private final List<Document> comments;

  Model(Documents documents) {
    for (Document document : documents.list(documents.collection("posts"))) {
      Post post = PostDocument.parse(document);
      posts.put(post.id(), post);
    }
    for (Document document : documents.list(documents.collection("users"))) {
      profiles.put(new Uid(document.id()), ProfileReader.parse(document));
    }
    follows = names(documents, "follows");
    blocks = names(documents, "blocks");
    mutes = names(documents, "mutes");
    reactions = documents.list(documents.collection("reactions"));
    comments = documents.list(documents.collectionGroup("comments"));
  }

  private static Set<String> names(Documents documents, String collection) {
    var names = new HashSet<String>();
    documents.list(documents.collection(collection)).forEach(found -> names.add(found.id()));
    return names;
  }

  /// The ids of a reader's home feed, newest first.
  List<String> feed(Uid reader) {
    return posts.values().stream()
        .filter(
            post -> post.author().equals(reader) || follows.contains(reader.with(post.author())))
        .filter(post -> belongs(reader, post))
        .map(Post::id)
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private boolean belongs(Uid reader, Post post) {
    if (!isShown(reader, post)) {
      return false;
    }
    if (post.ref() == null) {
      return true;
    }
    Post ref = posts.get(post.ref().id());
    if (ref != null && isShown(reader, ref)) {
      return true;
    }
    Relation relation = relation(reader, post.ref().author());
    return post.kind() == PostKind.QUOTE && !relation.blocked() && !relation.mutes();
  }

  private boolean isShown(Uid reader, Post post) {
    return Sight.inFeed(reader, post, profiles.get(post.author()), relation(reader, post.author()));
  }

  private Relation relation(Uid reader, Uid other) {
    return new Relation(
        follows.contains(reader.with(other)),
        blocks.contains(reader.with(other)) || blocks.contains(other.with(reader)),
        mutes.contains(reader.with(other)));
  }

  /// How often each post was liked and commented on, by its rows; posts without are left out, and
  /// deleted ones, which are not counted any more.
  Map<String, Map<String, Long>> totals() {
    var totals = new TreeMap<String, Map<String, Long>>();
    for (Document reaction : reactions) {
      for (String kind : reaction.fields().texts("kinds")) {
        add(totals, reaction.fields().requiredText("postId"), kind);
      }
    }
    for (Document comment : comments) {
      if (comment.fields().text("status").orElse("").equals("active")) {
        add(totals, comment.fields().requiredText("postId"), "comments");
      }
    }
    totals.keySet().removeIf(this::isDeleted);
    return totals;
  }

  private boolean isDeleted(String postId) {
    Post post = posts.get(postId);
    return post == null || post.status() == PostStatus.DELETED;
  }

  /// What the posts' own totals say of the same; zeros are left out.
  Map<String, Map<String, Long>> writtenTotals() {
    var totals = new TreeMap<String, Map<String, Long>>();
    for (Post post : posts.values()) {
      post.counts()
          .forEach((name, count) -> {
            if (count > 0 && !name.equals("reposts") && !name.equals("quotes")) {
              totals.computeIfAbsent(post.id(), id -> new TreeMap<>()).put(name, count);
            }
          });
    }
    totals.keySet().removeIf(this::isDeleted);
    return totals;
  }

  private static void add(Map<String, Map<String, Long>> totals, String post, String name) {
    totals.computeIfAbsent(post, id -> new TreeMap<>()).merge(name, 1L, Long::sum);
  }

  /// How many people follow somebody.
  long followers(Uid uid) {
    return follows.stream().filter(name -> name.endsWith(":" + uid)).count();
  }

  /// What the profile says of the same.
  long writtenFollowers(Uid uid) {
    return profiles.get(uid).followers();
  }
}

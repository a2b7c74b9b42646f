package dev.fireside.acceptance;

import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Documents;
import dev.fireside.shared.store.Fields;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What everything should look like, worked out from all documents in the plainest way. It reads
/// their fields by name and knows the product's rules by itself: no rule or codec of the product is
/// asked, so that a wrong one cannot agree with itself.
final class Model {
  private final Map<String, Fields> posts = new HashMap<>();
  private final Map<String, Fields> people = new HashMap<>();
  private final Set<String> follows;
  private final Set<String> blocks;
  private final Set<String> mutes;
  private final List<Document> reactions;
  private final List<Document> comments;

  Model(Documents documents) {
    for (Document document : documents.list(documents.collection("posts"))) {
      posts.put(document.fields().requiredText("id"), document.fields());
    }
    for (Document document : documents.list(documents.collection("users"))) {
      people.put(document.id(), document.fields());
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

  /// The ids of a reader's home feed, newest first: posts of their own and of those they follow,
  /// each once, in the place of its latest repost.
  List<String> feed(String reader) {
    var seen = new HashSet<String>();
    return posts.entrySet().stream()
        .filter(entry -> {
          String author = entry.getValue().requiredText("author");
          return author.equals(reader) || follows.contains(reader + ":" + author);
        })
        .filter(entry -> isWhole(reader, entry.getValue()))
        .map(Map.Entry::getKey)
        .sorted(Comparator.reverseOrder())
        .filter(id -> seen.add(shown(id)))
        .toList();
  }

  private String shown(String id) {
    Fields post = posts.get(id);
    return post.requiredText("kind").equals("repost") ? post.map("ref").requiredText("id") : id;
  }

  /// A repost is nothing without what it shows. A quote has words of its own, but is not brought by
  /// itself to who wants nothing to do with the quoted, or whom these quote, or who is named.
  private boolean isWhole(String reader, Fields post) {
    if (!isShown(reader, post) || involvesUnwanted(reader, post)) {
      return false;
    }
    Fields ref = post.map("ref");
    if (ref.names().isEmpty()) {
      return true;
    }
    Fields shown = posts.get(ref.requiredText("id"));
    return (shown != null && isShown(reader, shown))
        ? !involvesUnwanted(reader, shown)
        : post.requiredText("kind").equals("quote");
  }

  private boolean involvesUnwanted(String reader, Fields post) {
    var others = new HashSet<String>();
    if (!post.requiredText("author").equals(reader)) {
      others.addAll(post.texts("mentions"));
    }
    for (Fields at = post; at != null && !at.map("ref").names().isEmpty(); ) {
      others.add(at.map("ref").requiredText("author"));
      at = posts.get(at.map("ref").requiredText("id"));
    }
    return others.stream().anyMatch(other -> isUnwanted(reader, other));
  }

  private boolean isShown(String reader, Fields post) {
    String author = post.requiredText("author");
    String status = post.requiredText("status");
    if (!isActive(author) || status.equals("deleted") || isUnwanted(reader, author)) {
      return false;
    }
    if (author.equals(reader)) {
      return true;
    }
    boolean forReader =
        switch (post.requiredText("visibility")) {
          case "public" -> true;
          case "followers" -> follows.contains(reader + ":" + author);
          case "private" -> false;
          default -> throw new AssertionError("No such visibility: " + post);
        };
    return forReader && status.equals("active");
  }

  private boolean isActive(String uid) {
    Fields person = people.get(uid);
    return person != null && person.requiredText("status").equals("active");
  }

  private boolean isUnwanted(String reader, String other) {
    return blocks.contains(reader + ":" + other)
        || blocks.contains(other + ":" + reader)
        || mutes.contains(reader + ":" + other);
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
    Fields post = posts.get(postId);
    return post == null || post.requiredText("status").equals("deleted");
  }

  /// What the posts' own totals say of the same; zeros are left out.
  Map<String, Map<String, Long>> writtenTotals() {
    var totals = new TreeMap<String, Map<String, Long>>();
    posts.forEach((id, post) -> {
      Fields counts = post.map("counts");
      for (String name : counts.names()) {
        if (counts.number(name) > 0 && !name.equals("reposts") && !name.equals("quotes")) {
          totals.computeIfAbsent(id, _ -> new TreeMap<>()).put(name, counts.number(name));
        }
      }
    });
    totals.keySet().removeIf(this::isDeleted);
    return totals;
  }

  private static void add(Map<String, Map<String, Long>> totals, String post, String name) {
    totals.computeIfAbsent(post, id -> new TreeMap<>()).merge(name, 1L, Long::sum);
  }

  /// How many people follow somebody.
  long followers(String uid) {
    return follows.stream().filter(name -> name.endsWith(":" + uid)).count();
  }

  /// What the profile says of the same.
  long writtenFollowers(String uid) {
    return people.get(uid).map("counts").number("followers");
  }
}

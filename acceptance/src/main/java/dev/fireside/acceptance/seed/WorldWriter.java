package dev.fireside.acceptance.seed;

import dev.fireside.acceptance.seed.DemoWorld.Comment;
import dev.fireside.acceptance.seed.DemoWorld.Follow;
import dev.fireside.acceptance.seed.DemoWorld.Person;
import dev.fireside.acceptance.seed.DemoWorld.Reaction;
import dev.fireside.posts.domain.Heat;
import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Documents;
import dev.fireside.social.domain.Post;
import dev.fireside.social.store.FollowLists;
import dev.fireside.social.store.PostDocument;
import dev.fireside.social.store.PostReader;
import dev.fireside.social.store.ProfileReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/// Writes a world into Firestore as the functions would have left it, totals included.
final class WorldWriter {
  private static final int DOCUMENTS_PER_BATCH = 400;
  private static final Heat HEAT = new Heat(Duration.ofHours(6));

  private final Documents documents;
  private final IntConsumer progress;
  private final List<Map.Entry<String, Map<String, Object>>> pending = new ArrayList<>();

  /// @param progress receives how many documents were written, batch by batch
  WorldWriter(Documents documents, IntConsumer progress) {
    this.documents = documents;
    this.progress = progress;
  }

  /// How many documents a world has.
  static int size(DemoWorld world) {
    return world.people().size() * 3
        + world.follows().size()
        + world.posts().size()
        + world.comments().size()
        + world.reactions().size();
  }

  void write(DemoWorld world) {
    writePeople(world);
    writeFollowLists(world);
    world.follows().forEach(this::writeFollow);
    world.posts().forEach(this::writePost);
    world.comments().forEach(this::writeComment);
    world.reactions().forEach(this::writeReaction);
    flush();
  }

  private void writePeople(DemoWorld world) {
    Map<Uid, Map<String, Long>> counts = new HashMap<>();
    for (Follow follow : world.follows()) {
      count(counts, follow.follower(), "following");
      count(counts, follow.followee(), "followers");
    }
    world.posts().forEach(post -> count(counts, post.author(), "posts"));
    for (Person person : world.people()) {
      put(
          ProfileReader.path(person.uid()),
          Map.of(
              "handle", person.handle(),
              "displayName", person.displayName(),
              "status", "active",
              "counts", counts.getOrDefault(person.uid(), Map.of()),
              "createdAt", person.createdAt(),
              "updatedAt", person.createdAt()));
      put("handles/" + person.handle(), Map.of("uid", person.uid().value()));
    }
  }

  private static void count(Map<Uid, Map<String, Long>> counts, Uid uid, String name) {
    counts.computeIfAbsent(uid, key -> new HashMap<>()).merge(name, 1L, Long::sum);
  }

  private void writeFollow(Follow follow) {
    put(
        "follows/" + follow.follower().with(follow.followee()),
        Map.of(
            "id", follow.id(),
            "follower", follow.follower().value(),
            "followee", follow.followee().value(),
            "createdAt", follow.createdAt()));
  }

  private void writeFollowLists(DemoWorld world) {
    var followees = new HashMap<Uid, List<String>>();
    world.people().forEach(person -> followees.put(person.uid(), new ArrayList<>()));
    for (Follow follow : world.follows()) {
      followees
          .computeIfAbsent(follow.follower(), _ -> new ArrayList<>())
          .add(follow.followee().value());
    }
    followees.forEach((uid, list) -> put(FollowLists.path(uid), Map.of("followees", list)));
  }

  private void writePost(Post post) {
    Map<String, Object> fields = PostDocument.fields(post);
    fields.put("counts", post.counts());
    HEAT.of(post).ifPresent(heat -> fields.put("heat", heat));
    put(PostReader.path(post.id()), fields);
  }

  private void writeComment(Comment comment) {
    String name = Ids.documentName(comment.id());
    put(
        PostReader.path(comment.postId()) + "/comments/" + name,
        Map.of(
            "id", comment.id(),
            "name", name,
            "postId", comment.postId(),
            "author", comment.author().value(),
            "text", comment.text(),
            "parent", "",
            "depth", 1,
            "mentions", List.of(),
            "status", "active",
            "createdAt", comment.createdAt()));
  }

  private void writeReaction(Reaction reaction) {
    put(
        PostReader.reactionPath(reaction.postId(), reaction.uid()),
        Map.of(
            "id", reaction.id(),
            "postId", reaction.postId(),
            "uid", reaction.uid().value(),
            "kinds", List.of(WireNames.of(reaction.kind()))));
  }

  private void put(String path, Map<String, Object> fields) {
    pending.add(Map.entry(path, fields));
    if (pending.size() == DOCUMENTS_PER_BATCH) {
      flush();
    }
  }

  private void flush() {
    documents.batch(batch -> pending.forEach(entry -> batch.set(entry.getKey(), entry.getValue())));
    progress.accept(pending.size());
    pending.clear();
  }
}

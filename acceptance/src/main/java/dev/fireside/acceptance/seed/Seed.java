package dev.fireside.acceptance.seed;

import dev.fireside.emulator.DevTask;
import dev.fireside.emulator.LocalProject;
import dev.fireside.feed.domain.Slice;
import dev.fireside.feed.store.EntryLists;
import dev.fireside.shared.Platform;
import dev.fireside.shared.ids.Uid;
import dev.fireside.social.domain.Post;
import dev.fireside.social.domain.PostEntry;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/// Loads the demo world: 1,000 people, 10,000 posts. Events are held back meanwhile: the totals are
/// written with the posts, and timelines are rebuilt from Firestore when first read.
public final class Seed implements DevTask {
  private static final int PEOPLE = 1_000;
  private static final int POSTS = 10_000;
  private static final int OUTBOX_MAX = 100;
  private static final String COMMANDS =
      """
      Anybody from demo0000 to LAST can sign in. Paste:

        TOKEN=$(curl -s BASE/_local/token -d '{"uid":"demo0500"}' | sed 's/.*"idToken":"\\([^"]*\\)".*/\\1/')
        curl -H "Authorization: Bearer $TOKEN" BASE/api/feed
        curl -H "Authorization: Bearer $TOKEN" "BASE/api/feed?rank=foryou"
        curl BASE/api/trending
        curl BASE/api/hashtags/fireside
        curl BASE/api/users/@FAMOUS
        curl "BASE/api/posts?author=@FAMOUS"
        curl BASE/api/posts/POST/comments
        curl -X PUT -H "Authorization: Bearer $TOKEN" BASE/api/users/LAST/follow
        curl -H "Authorization: Bearer $TOKEN" -H "Content-Type: application/json" \\
          -d '{"text":"Hello #fireside"}' BASE/api/posts

      """;

  @Override
  public String name() {
    return "seed";
  }

  /// What Redis holds of people's posts once somebody has read them.
  private static void fillOutboxes(DemoWorld world, Platform platform) {
    var newest = new HashMap<Uid, List<PostEntry>>();
    world.people().forEach(person -> newest.put(person.uid(), new ArrayList<>()));
    for (Post post : world.posts().reversed()) {
      newest.computeIfAbsent(post.author(), _ -> new ArrayList<>()).add(PostEntry.of(post));
    }
    var outboxes = EntryLists.outboxes(platform.redis(), OUTBOX_MAX);
    String token = platform.ids().next();
    outboxes.beginAnew(List.copyOf(newest.keySet()), token);
    var slices = new HashMap<Uid, Slice>();
    newest.forEach(
        (author, posts) -> slices.put(author, new Slice(posts, null).newest(OUTBOX_MAX)));
    outboxes.finishAll(token, slices);
  }

  @Override
  public int run(LocalProject project, PrintStream out) {
    var world = new DemoWorld(PEOPLE, POSTS, project.platform().clock().instant());
    try (ProgressBar bar =
        new ProgressBarBuilder()
            .setTaskName("Seeding")
            .setInitialMax(WorldWriter.size(world))
            .setStyle(ProgressBarStyle.ASCII)
            .build()) {
      var writer = new WorldWriter(project.platform().documents(), bar::stepBy);
      project.withoutEvents(() -> writer.write(world));
      fillOutboxes(world, project.platform());
    }
    out.printf(
        """

        %,d people, %,d follows, %,d posts, %,d comments, %,d reactions.
        """,
        world.people().size(),
        world.follows().size(),
        world.posts().size(),
        world.comments().size(),
        world.reactions().size());
    out.print(
        COMMANDS
            .replace("BASE", project.baseUrl())
            .replace("FAMOUS", world.people().getFirst().handle())
            .replace("POST", world.posts().getLast().id())
            .replace("LAST", world.people().getLast().uid().value()));
    return 0;
  }
}

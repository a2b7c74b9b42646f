package dev.fireside.acceptance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.shared.ids.Ids;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `firestore.rules`, allow and deny for every match, on the real emulator as a client reaches it.
class RulesIT {
  private static final Path RULES = Path.of("..", "firestore.rules");
  private static RulesClient firestore;

  private final Ids ids = new Ids(Clock.systemUTC());
  private String publicPost;
  private String followersPost;
  private String privatePost;
  private String deletedPost;
  private String hiddenPost;
  private String suspendedPost;

  @BeforeAll
  static void start() {
    firestore = RulesClient.start(RULES);
  }

  @AfterAll
  static void stop() {
    firestore.close();
  }

  /// ann and bob are friends, bob follows ann; eve is blocked by ann; sue is suspended.
  @BeforeEach
  void world() {
    firestore.clear();
    for (String uid : new String[] {"ann", "bob", "cid", "eve"}) {
      firestore.asOwner().write("users/" + uid, Map.of("handle", uid, "status", "active"));
    }
    firestore.asOwner().write("users/sue", Map.of("handle", "sue", "status", "suspended"));
    for (String uid : new String[] {"ann", "sue", "gone"}) {
      firestore.asOwner().write("handles/" + uid, Map.of("uid", uid));
    }
    firestore.asOwner().write("follows/bob:ann", Map.of("follower", "bob", "followee", "ann"));
    firestore.asOwner().write("blocks/ann:eve", Map.of("blocker", "ann", "blocked", "eve"));
    firestore.asOwner().write("mutes/bob:cid", Map.of("muter", "bob", "muted", "cid"));
    publicPost = post("ann", "public", "active");
    followersPost = post("ann", "followers", "active");
    privatePost = post("ann", "private", "active");
    deletedPost = post("ann", "public", "deleted");
    hiddenPost = post("ann", "public", "hidden");
    suspendedPost = post("sue", "public", "active");
    firestore
        .asOwner()
        .write(publicPost + "/comments/c1", Map.of("author", "bob", "status", "active"));
    firestore
        .asOwner()
        .write(publicPost + "/comments/gone", Map.of("author", "bob", "status", "deleted"));
    firestore
        .asOwner()
        .write(
            publicPost + "/comments/c3",
            Map.of("author", "bob", "status", "active", "parent", "c1"));
    firestore
        .asOwner()
        .write(privatePost + "/comments/c2", Map.of("author", "ann", "status", "active"));
    firestore.asOwner().write("reactions/p:bob", Map.of("uid", "bob", "postId", "p"));
  }

  private String post(String author, String visibility, String status) {
    String path = "posts/" + Ids.documentName(ids.next());
    firestore
        .asOwner()
        .write(path, Map.of("author", author, "visibility", visibility, "status", status));
    return path;
  }

  @Test
  void showsActivePeopleToEverybodyButThoseInABlock() {
    assertThat(firestore.anonymous().reads("users/ann")).isTrue();
    assertThat(firestore.as("bob").reads("users/ann")).isTrue();
    assertThat(firestore.as("eve").reads("users/ann")).isFalse();
    assertThat(firestore.as("ann").reads("users/eve")).isFalse();
  }

  @Test
  void showsSuspendedPeopleToThemselvesOnly() {
    assertThat(firestore.as("bob").reads("users/sue")).isFalse();
    assertThat(firestore.as("sue").reads("users/sue")).isTrue();
  }

  @Test
  void showsWhoseAHandleIsToSignedInPeopleWhoMaySeeThem() {
    assertThat(firestore.as("bob").reads("handles/ann")).isTrue();
    assertThat(firestore.as("ann").reads("handles/ann")).isTrue();
    assertThat(firestore.as("sue").reads("handles/sue")).isTrue();
    assertThat(firestore.anonymous().reads("handles/ann")).isFalse();
    assertThat(firestore.as("bob").reads("handles/sue")).isFalse();
    assertThat(firestore.as("bob").reads("handles/gone")).isFalse();
    assertThat(firestore.as("eve").reads("handles/ann")).isFalse();
    firestore.asOwner().write("handles/eve", Map.of("uid", "eve"));
    assertThat(firestore.as("ann").reads("handles/eve")).isFalse();
  }

  @Test
  void showsFollowsToTheTwoInThem() {
    assertThat(firestore.as("bob").reads("follows/bob:ann")).isTrue();
    assertThat(firestore.as("ann").reads("follows/bob:ann")).isTrue();
    assertThat(firestore.as("cid").reads("follows/bob:ann")).isFalse();
    assertThat(firestore.anonymous().reads("follows/bob:ann")).isFalse();
    assertThat(firestore.as("bob").lists("follows", "follower", "bob")).isTrue();
    assertThat(firestore.as("cid").lists("follows", "follower", "bob")).isFalse();
  }

  @Test
  void showsBlocksAndMutesToThoseWhoMadeThem() {
    assertThat(firestore.as("ann").reads("blocks/ann:eve")).isTrue();
    assertThat(firestore.as("eve").reads("blocks/ann:eve")).isFalse();
    assertThat(firestore.as("bob").reads("mutes/bob:cid")).isTrue();
    assertThat(firestore.as("cid").reads("mutes/bob:cid")).isFalse();
    assertThat(firestore.as("eve").lists("blocks", "blocked", "eve")).isFalse();
  }

  @Test
  void showsPublicPostsToEverybodyButThoseInABlock() {
    assertThat(firestore.anonymous().reads(publicPost)).isTrue();
    assertThat(firestore.as("cid").reads(publicPost)).isTrue();
    assertThat(firestore.as("eve").reads(publicPost)).isFalse();
  }

  @Test
  void showsFollowersPostsToFollowers() {
    assertThat(firestore.as("bob").reads(followersPost)).isTrue();
    assertThat(firestore.as("ann").reads(followersPost)).isTrue();
    assertThat(firestore.as("cid").reads(followersPost)).isFalse();
    assertThat(firestore.anonymous().reads(followersPost)).isFalse();
  }

  @Test
  void showsPrivatePostsToTheirAuthor() {
    assertThat(firestore.as("ann").reads(privatePost)).isTrue();
    assertThat(firestore.as("bob").reads(privatePost)).isFalse();
  }

  @Test
  void showsHiddenPostsToTheirAuthorAndDeletedOnesToNobody() {
    assertThat(firestore.as("ann").reads(hiddenPost)).isTrue();
    assertThat(firestore.as("bob").reads(hiddenPost)).isFalse();
    assertThat(firestore.as("ann").reads(deletedPost)).isFalse();
  }

  @Test
  void hidesPostsOfSuspendedPeople() {
    assertThat(firestore.as("bob").reads(suspendedPost)).isFalse();
    assertThat(firestore.anonymous().reads(suspendedPost)).isFalse();
  }

  @Test
  void listsOnlyOwnPosts() {
    assertThat(firestore.as("ann").listsOwnPosts("ann")).isTrue();
    assertThat(firestore.as("bob").listsOwnPosts("ann")).isFalse();
  }

  @Test
  void showsCommentsOfPostsThatAreSeen() {
    assertThat(firestore.as("cid").reads(publicPost + "/comments/c1")).isTrue();
    assertThat(firestore.as("eve").reads(publicPost + "/comments/c1")).isFalse();
    assertThat(firestore.as("cid").reads(publicPost + "/comments/gone")).isFalse();
    assertThat(firestore.as("cid").reads(publicPost + "/comments/c3")).isFalse();
    assertThat(firestore.as("bob").reads(privatePost + "/comments/c2")).isFalse();
  }

  @Test
  void showsWhatAPersonOwnsAndBoughtToThemselves() {
    for (String path :
        new String[] {
          "users/bob/inventory/_head",
          "users/bob/purchases/receipt",
          "entitlements/bob",
          "entitlements/bob:sandbox",
          "notifications/bob/items/journal"
        }) {
      firestore.asOwner().write(path, Map.of("item", "sword"));
      assertThat(firestore.as("bob").reads(path)).isTrue();
      assertThat(firestore.as("ann").reads(path)).isFalse();
      assertThat(firestore.anonymous().reads(path)).isFalse();
    }
  }

  @Test
  void keepsToTheServerWhatNamesThoseWhoGave() {
    firestore
        .asOwner()
        .write("users/bob/inventoryHistory/op1", Map.of("operation", "grant:ann:k1"));
    assertThat(firestore.as("bob").reads("users/bob/inventoryHistory/op1")).isFalse();
  }

  @Test
  void showsTheCatalogueAndPublishedEventsToEverybody() {
    firestore.asOwner().write("items/sword", Map.of("title", "Sword"));
    firestore.asOwner().write("currencies/gold", Map.of("title", "Gold"));
    firestore.asOwner().write("events/on", Map.of("status", "published"));
    firestore.asOwner().write("events/off", Map.of("status", "draft"));
    firestore.asOwner().write("events/on/participants/bob", Map.of("uid", "bob"));
    assertThat(firestore.anonymous().reads("items/sword")).isTrue();
    assertThat(firestore.anonymous().reads("currencies/gold")).isTrue();
    assertThat(firestore.anonymous().reads("events/on")).isTrue();
    assertThat(firestore.as("bob").reads("events/off")).isFalse();
    assertThat(firestore.as("bob").reads("events/on/participants/bob")).isTrue();
    assertThat(firestore.as("ann").reads("events/on/participants/bob")).isFalse();
  }

  @Test
  void showsReactionsToThoseWhoMadeThem() {
    assertThat(firestore.as("bob").reads("reactions/p:bob")).isTrue();
    assertThat(firestore.as("ann").reads("reactions/p:bob")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "users/bob",
        "handles/new",
        "follows/bob:cid",
        "blocks/bob:cid",
        "mutes/bob:ann",
        "posts/new",
        "posts/new/comments/new",
        "reactions/new:bob",
        "chats/new",
        "chats/new/history/1",
        "chats/new/standings/bob",
        "fanouts/bob",
        "users/bob/inventory/_head",
        "users/bob/inventory/sword",
        "users/bob/inventoryHistory/new",
        "items/sword",
        "currencies/gold",
        "events/new",
        "events/new/participants/bob",
        "leaderboards/new/players/bob",
        "games/new",
        "users/bob/purchases/new",
        "entitlements/bob",
        "notifications/bob/items/new",
        "transactions/journal",
        "accounts/revenue",
        "purchases/new",
        "catalogue/product",
        "webhooks/new",
        "reviews/new",
        "idempotency/x",
        "claims/x",
        "poison/x",
        "anything/else"
      })
  void letsNobodyWriteWhatFunctionsOwn(String path) {
    assertThat(firestore.as("bob").writes(path, Map.of("author", "bob", "uid", "bob"))).isFalse();
    assertThat(firestore.anonymous().writes(path, Map.of("author", "bob"))).isFalse();
    assertThat(firestore.as("bob").deletes(path)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fanouts/ann",
        "leaderboards/best/players/bob",
        "leaderboards/best/periods/daily-2026-11-21/chunks/000000",
        "games/session",
        "transactions/journal",
        "accounts/revenue",
        "purchases/one",
        "customers/one",
        "webhooks/one",
        "orders/one",
        "stripeCustomers/bob",
        "reviews/one",
        "statements/one",
        "payouts/one",
        "payoutAccounts/bob",
        "vault/bob",
        "idempotency/x",
        "claims/x",
        "poison/x",
        "anything/else"
      })
  void showsNobodyWhatIsInternal(String path) {
    firestore.asOwner().write(path, Map.of("uid", "bob"));
    assertThat(firestore.as("bob").reads(path)).isFalse();
    assertThat(firestore.anonymous().reads(path)).isFalse();
  }
}

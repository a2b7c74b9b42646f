package dev.fireside.accounts;

import dev.fireside.accounts.ListPeople.Kind;
import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.accounts.store.People;
import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.limits.Budget;
import java.time.Duration;

/// Transport of the routes about follows, blocks and mutes.
final class LinkRoutes {
  /// Somebody who looks through a list of people and follows most of them.
  private static final Budget FOLLOW = new Budget("accounts-follow", 400, Duration.ofMinutes(15));

  private static final Budget UNFOLLOW =
      new Budget("accounts-unfollow", 400, Duration.ofMinutes(15));

  /// Somebody who is being harassed and blocks everybody in sight.
  private static final Budget SHUN = new Budget("accounts-shun", 1_000, Duration.ofMinutes(15));

  private final FindPerson findPerson;
  private final ListPeople listPeople;
  private final FollowPerson followPerson;
  private final BlockPerson blockPerson;
  private final MutePerson mutePerson;
  private final UnlinkPeople unlinkPeople;

  LinkRoutes(Platform platform) {
    var links = new Links(platform);
    var people = new People(platform);
    var linkPeople = new LinkPeople(links, people);
    this.findPerson = new FindPerson(new Profiles(platform));
    this.listPeople = new ListPeople(links, people);
    this.followPerson = new FollowPerson(linkPeople, links);
    this.blockPerson = new BlockPerson(linkPeople, links);
    this.mutePerson = new MutePerson(linkPeople, links);
    this.unlinkPeople = new UnlinkPeople(links);
  }

  void addTo(HttpApp app) {
    app.route("GET", "/api/users/{id}/followers", Access.PUBLIC, this::followers)
        .route("GET", "/api/users/{id}/following", Access.PUBLIC, this::following)
        .route("GET", "/api/users/me/blocks", Access.USER, this::blocks)
        .route("GET", "/api/users/me/mutes", Access.USER, this::mutes)
        .route("PUT", "/api/users/{id}/follow", Access.USER, FOLLOW, this::follow)
        .route("DELETE", "/api/users/{id}/follow", Access.USER, UNFOLLOW, this::unfollow)
        .route("PUT", "/api/users/{id}/block", Access.USER, SHUN, this::block)
        .route("DELETE", "/api/users/{id}/block", Access.USER, SHUN, this::unblock)
        .route("PUT", "/api/users/{id}/mute", Access.USER, SHUN, this::mute)
        .route("DELETE", "/api/users/{id}/mute", Access.USER, SHUN, this::unmute);
  }

  private Response followers(Request request) {
    return list(Kind.FOLLOWERS, findPerson.find(request), request);
  }

  private Response following(Request request) {
    return list(Kind.FOLLOWING, findPerson.find(request), request);
  }

  private Response blocks(Request request) {
    return list(Kind.BLOCKS, request.caller().uid(), request);
  }

  private Response mutes(Request request) {
    return list(Kind.MUTES, request.caller().uid(), request);
  }

  private Response follow(Request request) {
    followPerson.follow(request.caller().uid(), findPerson.find(request), request.newId());
    return Response.noContent();
  }

  private Response block(Request request) {
    blockPerson.block(request.caller().uid(), findPerson.find(request), request.newId());
    return Response.noContent();
  }

  private Response mute(Request request) {
    mutePerson.mute(request.caller().uid(), findPerson.find(request), request.newId());
    return Response.noContent();
  }

  private Response unfollow(Request request) {
    return unlink(Link.FOLLOW, request);
  }

  private Response unblock(Request request) {
    return unlink(Link.BLOCK, request);
  }

  private Response unmute(Request request) {
    return unlink(Link.MUTE, request);
  }

  private Response unlink(Link link, Request request) {
    unlinkPeople.unlink(link, request.caller().uid(), findPerson.find(request));
    return Response.noContent();
  }

  private Response list(Kind kind, Uid owner, Request request) {
    return Response.ok(
        request.page(
            kind.context(owner),
            (after, limit) -> listPeople.list(kind, owner, request.viewer(), limit, after)));
  }
}

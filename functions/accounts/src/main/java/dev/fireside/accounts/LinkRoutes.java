package dev.fireside.accounts;

import dev.fireside.accounts.ListPeople.Kind;
import dev.fireside.accounts.store.Link;
import dev.fireside.accounts.store.Links;
import dev.fireside.accounts.store.People;
import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;

/// Transport of the routes about follows, blocks and mutes.
final class LinkRoutes {
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

  Response followers(Request request) {
    return list(Kind.FOLLOWERS, findPerson.find(request), request);
  }

  Response following(Request request) {
    return list(Kind.FOLLOWING, findPerson.find(request), request);
  }

  Response blocks(Request request) {
    return list(Kind.BLOCKS, request.caller().uid(), request);
  }

  Response mutes(Request request) {
    return list(Kind.MUTES, request.caller().uid(), request);
  }

  Response follow(Request request) {
    followPerson.follow(request.caller().uid(), findPerson.find(request), request.newId());
    return Response.noContent();
  }

  Response block(Request request) {
    blockPerson.block(request.caller().uid(), findPerson.find(request), request.newId());
    return Response.noContent();
  }

  Response mute(Request request) {
    mutePerson.mute(request.caller().uid(), findPerson.find(request), request.newId());
    return Response.noContent();
  }

  Response unfollow(Request request) {
    return unlink(Link.FOLLOW, request);
  }

  Response unblock(Request request) {
    return unlink(Link.BLOCK, request);
  }

  Response unmute(Request request) {
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

package dev.fireside.accounts;

import dev.fireside.accounts.store.Links;
import dev.fireside.accounts.store.People;
import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.http.Handler;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Page;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.limits.Budget;
import dev.fireside.shared.redis.Batch;
import dev.fireside.shared.redis.Redis;
import java.time.Duration;

/// Transport of the routes about profiles.
final class ProfileRoutes {
  /// Somebody who tries handles until one is free.
  private static final Budget EDIT = new Budget("accounts-profile", 300, Duration.ofMinutes(15));

  private final CreateProfile createProfile;
  private final EditProfile editProfile;
  private final DeleteAccount deleteAccount;
  private final FindPerson findPerson;
  private final Redis redis;
  private final ReadPerson readPerson;
  private final ReadPeople readPeople;

  ProfileRoutes(Platform platform) {
    this.redis = platform.redis();
    var profiles = new Profiles(platform);
    var people = new People(platform);
    this.createProfile = new CreateProfile(profiles);
    this.editProfile = new EditProfile(profiles);
    this.deleteAccount = new DeleteAccount(profiles, platform.accounts());
    this.findPerson = new FindPerson(profiles);
    this.readPerson = new ReadPerson(people, new Links(platform));
    this.readPeople = new ReadPeople(people);
  }

  void addTo(HttpApp app) {
    app.route("POST", "/api/users", Access.USER, EDIT, this::create)
        .route("GET", "/api/users", Access.PUBLIC, this::readMany)
        .keptRoute("GET", "/api/users/{id}", Access.PUBLIC, this::read)
        .route("PATCH", "/api/users/me", Access.USER, EDIT, this::edit)
        .route("DELETE", "/api/users/me", Access.USER, this::delete);
  }

  private Response create(Request request) {
    Principal caller = request.caller();
    var profile = createProfile.create(caller.uid(), request.body(ProfileBodies::profile));
    return Response.created("/api/users/" + caller.uid(), PersonView.own(profile, caller.roles()));
  }

  private Response edit(Request request) {
    Principal caller = request.caller();
    var profile = editProfile.edit(caller.uid(), request.body(ProfileBodies::edit));
    return Response.ok(PersonView.own(profile, caller.roles()));
  }

  private Response delete(Request request) {
    deleteAccount.delete(request.caller().uid());
    return Response.noContent();
  }

  private Handler read(Request request, Batch batch) {
    if (FindPerson.isByHandle(request)) {
      // To find out who that is costs a read, which callers pay for only once they may call.
      return this::readByHandle;
    }
    var view = readPerson.read(batch, request.principal().orElse(null), findPerson.find(request));
    return _ -> Response.ok(view.get()).revalidated();
  }

  private Response readByHandle(Request request) {
    Uid uid = findPerson.find(request);
    Batch batch = redis.batch();
    var view = readPerson.read(batch, request.principal().orElse(null), uid);
    batch.runOrGiveUp();
    return Response.ok(view.get()).revalidated();
  }

  private Response readMany(Request request) {
    var ids = request.query("ids", ReadPeople.TEXT_MAX);
    return Response.ok(new Page<>(readPeople.read(request.viewer(), ids), null));
  }
}

package dev.fireside.accounts;

import dev.fireside.accounts.store.Links;
import dev.fireside.accounts.store.People;
import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Principal;
import dev.fireside.shared.http.Page;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;

/// Transport of the routes about profiles.
final class ProfileRoutes {
  private final CreateProfile createProfile;
  private final EditProfile editProfile;
  private final DeleteAccount deleteAccount;
  private final FindPerson findPerson;
  private final ReadPerson readPerson;
  private final ReadPeople readPeople;

  ProfileRoutes(Platform platform) {
    var profiles = new Profiles(platform);
    var people = new People(platform);
    this.createProfile = new CreateProfile(profiles);
    this.editProfile = new EditProfile(profiles);
    this.deleteAccount = new DeleteAccount(profiles, platform.accounts());
    this.findPerson = new FindPerson(profiles);
    this.readPerson = new ReadPerson(people, new Links(platform));
    this.readPeople = new ReadPeople(people);
  }

  Response create(Request request) {
    Principal caller = request.caller();
    var profile = createProfile.create(caller.uid(), request.body(ProfileBodies::profile));
    return Response.created("/api/users/" + caller.uid(), PersonView.own(profile, caller.roles()));
  }

  Response edit(Request request) {
    Principal caller = request.caller();
    var profile = editProfile.edit(caller.uid(), request.body(ProfileBodies::edit));
    return Response.ok(PersonView.own(profile, caller.roles()));
  }

  Response delete(Request request) {
    deleteAccount.delete(request.caller().uid());
    return Response.noContent();
  }

  Response read(Request request) {
    var view = readPerson.read(request.principal().orElse(null), findPerson.find(request));
    return Response.ok(view).revalidated();
  }

  Response readMany(Request request) {
    var ids = request.query("ids", ReadPeople.TEXT_MAX);
    return Response.ok(new Page<>(readPeople.read(request.viewer(), ids), null));
  }
}

package dev.fireside.accounts;

import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import java.util.List;
import java.util.Set;

/// Transport of the routes about roles, suspensions and sessions.
final class StaffRoutes {
  private final FindPerson findPerson;
  private final ReadRoles readRoles;
  private final SetRoles setRoles;
  private final SetSuspension setSuspension;
  private final SignOut signOut;

  StaffRoutes(Platform platform) {
    var profiles = new Profiles(platform);
    var accounts = platform.accounts();
    this.findPerson = new FindPerson(profiles);
    this.readRoles = new ReadRoles(accounts);
    this.setRoles = new SetRoles(accounts);
    this.setSuspension = new SetSuspension(profiles, accounts, new AlignAuth(profiles, accounts));
    this.signOut = new SignOut(accounts);
  }

  record RolesView(Uid uid, List<String> roles) {
    static RolesView of(Uid uid, Set<Role> roles) {
      return new RolesView(uid, roles.stream().map(WireNames::of).sorted().toList());
    }
  }

  Response roles(Request request) {
    Uid uid = findPerson.find(request);
    return Response.ok(RolesView.of(uid, readRoles.read(uid)));
  }

  Response setRoles(Request request) {
    Uid uid = findPerson.find(request);
    Set<Role> roles = request.body(ProfileBodies::roles);
    setRoles.set(request.caller().uid(), uid, roles);
    return Response.ok(RolesView.of(uid, roles));
  }

  Response suspend(Request request) {
    setSuspension.set(request.caller(), findPerson.find(request), true);
    return Response.noContent();
  }

  Response lift(Request request) {
    setSuspension.set(request.caller(), findPerson.find(request), false);
    return Response.noContent();
  }

  Response signOutSelf(Request request) {
    signOut.signOut(request.caller().uid());
    return Response.noContent();
  }

  Response signOut(Request request) {
    signOut.signOut(findPerson.find(request));
    return Response.noContent();
  }
}

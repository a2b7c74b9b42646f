package dev.fireside.accounts;

import dev.fireside.accounts.store.Profiles;
import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.auth.Role;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.Request;
import dev.fireside.shared.http.Response;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.limits.Budget;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/// Transport of the routes about roles, suspensions and sessions.
final class StaffRoutes {
  private static final Budget SIGN_OUT =
      new Budget("accounts-sign-out", 60, Duration.ofMinutes(15));

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

  void addTo(HttpApp app) {
    app.route("GET", "/api/users/{id}/roles", Access.ADMIN, this::roles)
        .route("PUT", "/api/users/{id}/roles", Access.ADMIN, this::setRoles)
        .route("PUT", "/api/users/{id}/suspension", Access.MODERATOR, this::suspend)
        .route("DELETE", "/api/users/{id}/suspension", Access.MODERATOR, this::lift)
        .route("POST", "/api/users/me/sign-out", Access.USER, SIGN_OUT, this::signOutSelf)
        .route("POST", "/api/users/{id}/sign-out", Access.ADMIN, this::signOut);
  }

  record RolesView(Uid uid, List<String> roles) {
    static RolesView of(Uid uid, Set<Role> roles) {
      return new RolesView(uid, roles.stream().map(WireNames::of).sorted().toList());
    }
  }

  private Response roles(Request request) {
    Uid uid = findPerson.find(request);
    return Response.ok(RolesView.of(uid, readRoles.read(uid)));
  }

  private Response setRoles(Request request) {
    Uid uid = findPerson.find(request);
    Set<Role> roles = request.body(ProfileBodies::roles);
    setRoles.set(request.caller().uid(), uid, roles);
    return Response.ok(RolesView.of(uid, roles));
  }

  private Response suspend(Request request) {
    setSuspension.set(request.caller(), findPerson.find(request), true);
    return Response.noContent();
  }

  private Response lift(Request request) {
    setSuspension.set(request.caller(), findPerson.find(request), false);
    return Response.noContent();
  }

  private Response signOutSelf(Request request) {
    signOut.signOut(request.caller().uid());
    return Response.noContent();
  }

  private Response signOut(Request request) {
    signOut.signOut(findPerson.find(request));
    return Response.noContent();
  }
}

package dev.fireside.accounts;

import dev.fireside.shared.Platform;
import dev.fireside.shared.auth.Access;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;
import dev.fireside.shared.limits.Budget;
import java.time.Duration;

/// Answers `/api/users`.
public final class AccountsFunction implements RoutedFunction {
  /// Somebody who looks through a list of people and follows most of them.
  private static final Budget FOLLOW = budget("follow", 400);

  private static final Budget UNFOLLOW = budget("unfollow", 400);

  /// Somebody who is being harassed and blocks everybody in sight.
  private static final Budget SHUN = budget("shun", 1_000);

  /// Somebody who tries handles until one is free.
  private static final Budget EDIT = budget("profile", 300);

  private static final Budget SIGN_OUT = budget("sign-out", 60);

  private final HttpApp app;

  public AccountsFunction() {
    this(Platform.current());
  }

  AccountsFunction(Platform platform) {
    var profiles = new ProfileRoutes(platform);
    var links = new LinkRoutes(platform);
    var staff = new StaffRoutes(platform);
    this.app =
        new HttpApp(platform)
            .route("POST", "/api/users", Access.USER, EDIT, profiles::create)
            .route("GET", "/api/users", Access.PUBLIC, profiles::readMany)
            .openingRoute("GET", "/api/users/{id}", Access.PUBLIC, profiles::read)
            .route("PATCH", "/api/users/me", Access.USER, EDIT, profiles::edit)
            .route("DELETE", "/api/users/me", Access.USER, profiles::delete)
            .route("GET", "/api/users/{id}/followers", Access.PUBLIC, links::followers)
            .route("GET", "/api/users/{id}/following", Access.PUBLIC, links::following)
            .route("GET", "/api/users/me/blocks", Access.USER, links::blocks)
            .route("GET", "/api/users/me/mutes", Access.USER, links::mutes)
            .route("PUT", "/api/users/{id}/follow", Access.USER, FOLLOW, links::follow)
            .route("DELETE", "/api/users/{id}/follow", Access.USER, UNFOLLOW, links::unfollow)
            .route("PUT", "/api/users/{id}/block", Access.USER, SHUN, links::block)
            .route("DELETE", "/api/users/{id}/block", Access.USER, SHUN, links::unblock)
            .route("PUT", "/api/users/{id}/mute", Access.USER, SHUN, links::mute)
            .route("DELETE", "/api/users/{id}/mute", Access.USER, SHUN, links::unmute)
            .route("GET", "/api/users/{id}/roles", Access.ADMIN, staff::roles)
            .route("PUT", "/api/users/{id}/roles", Access.ADMIN, staff::setRoles)
            .route("PUT", "/api/users/{id}/suspension", Access.MODERATOR, staff::suspend)
            .route("DELETE", "/api/users/{id}/suspension", Access.MODERATOR, staff::lift)
            .route("POST", "/api/users/me/sign-out", Access.USER, SIGN_OUT, staff::signOutSelf)
            .route("POST", "/api/users/{id}/sign-out", Access.ADMIN, staff::signOut);
  }

  @Override
  public HttpApp app() {
    return app;
  }

  private static Budget budget(String name, long calls) {
    return new Budget("accounts-" + name, calls, Duration.ofMinutes(15));
  }
}

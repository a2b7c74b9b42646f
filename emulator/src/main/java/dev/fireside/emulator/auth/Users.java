package dev.fireside.emulator.auth;

import static dev.fireside.emulator.auth.IdentityException.check;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reading, changing and deleting users: their own by clients, anybody's by servers.
final class Users {
  private static final int PAGE_DEFAULT = 20;
  private static final int PAGE_MAX = 1_000;
  private static final int DELETED_AT_ONCE_MAX = 1_000;

  private Users() {}

  static ObjectNode create(Call call) {
    Project project = call.project();
    String email = call.text("email");
    String checkedEmail = email == null ? null : project.checkEmail(email, null);
    String phoneNumber = call.text("phoneNumber");
    String checkedPhoneNumber =
        phoneNumber == null ? null : project.checkPhoneNumber(phoneNumber, null);
    String password = call.text("password");
    Password checkedPassword = password == null ? null : Password.of(password);
    Account account = project.create(call.text("localId"), call.now());
    account.email = checkedEmail;
    account.phoneNumber = checkedPhoneNumber;
    if (checkedPassword != null) {
      account.setPassword(checkedPassword, call.now());
    }
    account.setDisplayName(call.text("displayName"));
    account.setPhotoUrl(call.text("photoUrl"));
    account.emailVerified = call.flag("emailVerified");
    account.disabled = call.flag("disabled");
    return object().put("localId", account.uid);
  }

  static ObjectNode lookup(Call call) {
    Set<Account> found = new LinkedHashSet<>();
    if (call.admin()) {
      Project project = call.project();
      call.texts("localId").forEach(uid -> addIfSet(found, project.find(uid)));
      call.texts("email").forEach(email -> addIfSet(found, project.findByEmail(email)));
      call.texts("phoneNumber")
          .forEach(number -> addIfSet(found, project.findByPhoneNumber(number)));
    } else {
      found.add(call.caller());
    }
    ObjectNode answer = object();
    // The SDKs take an absent list, not an empty one, for "not found".
    if (!found.isEmpty()) {
      ArrayNode users = answer.putArray("users");
      found.forEach(account -> users.add(account.toJson()));
    }
    return answer;
  }

  static ObjectNode update(Call call) {
    Account account = subject(call);
    Changes changes = Changes.check(call, account);
    changes.apply(call, account);
    remove(call, account);
    if (changes.endSessions() && !call.admin()) {
      return SignIns.answer(call, account, Session.PASSWORD).setAll(shown(account));
    }
    return shown(account);
  }

  /// Whom a call is about: a server says whom, a client speaks for itself.
  private static Account subject(Call call) {
    return call.admin()
        ? call.project().get(call.text("localId", "MISSING_LOCAL_ID"))
        : call.caller();
  }

  private static void remove(Call call, Account account) {
    List<String> attributes = call.texts("deleteAttribute");
    List<String> providers = call.texts("deleteProvider");
    if (attributes.contains("DISPLAY_NAME")) {
      account.displayName = null;
    }
    if (attributes.contains("PHOTO_URL")) {
      account.photoUrl = null;
    }
    if (attributes.contains("EMAIL") || providers.contains("password")) {
      account.email = null;
      account.emailVerified = false;
    }
    if (attributes.contains("PASSWORD") || providers.contains("password")) {
      account.password = null;
    }
    if (providers.contains("phone")) {
      account.phoneNumber = null;
    }
  }

  private static ObjectNode shown(Account account) {
    ObjectNode shown = object().put("localId", account.uid);
    shown.put("emailVerified", account.emailVerified);
    shown.set("providerUserInfo", account.providers());
    ObjectNode all = account.toJson();
    for (String name : List.of("email", "displayName", "photoUrl")) {
      if (all.has(name)) {
        shown.set(name, all.get(name));
      }
    }
    return shown;
  }

  static ObjectNode delete(Call call) {
    Account account = subject(call);
    call.project().delete(account.uid);
    return object();
  }

  static ObjectNode batchDelete(Call call) {
    List<String> uids = call.texts("localIds");
    check(!uids.isEmpty() && uids.size() <= DELETED_AT_ONCE_MAX, "LOCAL_ID_LIST_EXCEEDS_LIMIT");
    ArrayNode errors = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < uids.size(); i++) {
      Account account = call.project().find(uids.get(i));
      if (account != null && !account.disabled && !call.flag("force")) {
        errors
            .addObject()
            .put("index", i)
            .put("localId", account.uid)
            .put("message", "NOT_DISABLED : Disable the account before batch deletion.");
      } else {
        call.project().deleteSilently(uids.get(i));
      }
    }
    return errors.isEmpty() ? object() : object().set("errors", errors);
  }

  /// Pages through the users by id; the page token is the last id of the page before.
  static ObjectNode batchGet(Call call) {
    int asked = call.body().path("maxResults").asInt(PAGE_DEFAULT);
    int limit = Math.clamp(asked, 1, PAGE_MAX);
    String after = call.text("nextPageToken");
    ObjectNode answer = object();
    ArrayNode users = JsonNodeFactory.instance.arrayNode();
    for (Account account : call.project().after(after == null ? "" : after)) {
      if (users.size() == limit) {
        answer.put("nextPageToken", users.get(limit - 1).path("localId").asText());
        break;
      }
      users.add(account.toJson());
    }
    return users.isEmpty() ? answer : answer.set("users", users);
  }

  private static void addIfSet(Set<Account> found, @Nullable Account account) {
    if (account != null) {
      found.add(account);
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}

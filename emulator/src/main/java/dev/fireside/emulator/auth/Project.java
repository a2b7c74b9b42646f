package dev.fireside.emulator.auth;

import static dev.fireside.emulator.auth.IdentityException.check;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The users and sign-ins of one project. Callers hold its monitor.
final class Project {
  private static final Pattern EMAIL = Pattern.compile("[^@\\s]+@[^@\\s]+");
  private static final Pattern PHONE_NUMBER = Pattern.compile("\\+[0-9]{6,15}");
  private static final int UID_LENGTH_MAX = 128;
  private static final int UID_LENGTH = 28;
  private static final int REFRESH_TOKEN_LENGTH = 64;
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final SecureRandom RANDOM = new SecureRandom();

  final String id;
  // Sorted, because listing pages through the users by id.
  private final TreeMap<String, Account> accounts = new TreeMap<>();
  private final Map<String, Session> sessions = new HashMap<>();

  /// Learns of users who are deleted one by one, as production reports them.
  Consumer<ObjectNode> deleted = _ -> {};

  Project(String id) {
    this.id = id;
  }

  @Nullable Account find(String uid) {
    return accounts.get(uid);
  }

  Account get(String uid) {
    Account account = accounts.get(uid);
    if (account == null) {
      throw new IdentityException("USER_NOT_FOUND");
    }
    return account;
  }

  @Nullable Account findByEmail(String email) {
    String canonical = email.toLowerCase(Locale.ROOT);
    return accounts.values().stream()
        .filter(account -> canonical.equals(account.email))
        .findFirst()
        .orElse(null);
  }

  @Nullable Account findByPhoneNumber(String phoneNumber) {
    return accounts.values().stream()
        .filter(account -> phoneNumber.equals(account.phoneNumber))
        .findFirst()
        .orElse(null);
  }

  /// All users whose id comes after the given one, in order.
  Collection<Account> after(String uid) {
    return accounts.tailMap(uid, false).values();
  }

  /// A new user with the given id, or with a random one.
  Account create(@Nullable String uid, Instant now) {
    String chosen = uid == null ? random(UID_LENGTH) : uid;
    check(!chosen.isEmpty() && chosen.length() <= UID_LENGTH_MAX, "INVALID_LOCAL_ID");
    check(!accounts.containsKey(chosen), "DUPLICATE_LOCAL_ID");
    Account account = new Account(chosen, now);
    accounts.put(chosen, account);
    return account;
  }

  void delete(String uid) {
    Account account = accounts.remove(uid);
    if (account != null) {
      deleted.accept(account.toEvent());
    }
  }

  /// Deletes one of many, of which nobody learns.
  void deleteSilently(String uid) {
    accounts.remove(uid);
  }

  /// The e-mail address in the form it is kept in, if nobody but `owner` has it.
  String checkEmail(String email, @Nullable Account owner) {
    check(EMAIL.matcher(email).matches(), "INVALID_EMAIL");
    Account holder = findByEmail(email);
    check(holder == null || holder == owner, "EMAIL_EXISTS");
    return email.toLowerCase(Locale.ROOT);
  }

  String checkPhoneNumber(String phoneNumber, @Nullable Account owner) {
    check(PHONE_NUMBER.matcher(phoneNumber).matches(), "INVALID_PHONE_NUMBER : Invalid format.");
    Account holder = findByPhoneNumber(phoneNumber);
    check(holder == null || holder == owner, "PHONE_NUMBER_EXISTS");
    return phoneNumber;
  }

  /// Remembers a sign-in and gives the refresh token for it.
  String open(Session session) {
    String token = random(REFRESH_TOKEN_LENGTH) + "." + id;
    sessions.put(token, session);
    return token;
  }

  /// The id of the project that gave out the refresh token.
  static String ofRefreshToken(String token) {
    return token.substring(token.indexOf('.') + 1);
  }

  @Nullable Session session(String refreshToken) {
    return sessions.get(refreshToken);
  }

  void clear() {
    accounts.clear();
    sessions.clear();
  }

  private static String random(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}

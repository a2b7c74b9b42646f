package dev.fireside.emulator.storage.xml;

import dev.fireside.emulator.storage.disk.Refusal;
import dev.fireside.emulator.storage.http.Reply;
import java.util.Locale;

/// Refusals as the XML API answers them
/// (<https://cloud.google.com/storage/docs/xml-api/reference-status>).
final class Errors {
  private Errors() {}

  static Reply of(Refusal refusal) {
    if (refusal.status() == 304) {
      return Reply.empty(304);
    }
    var text = new StringBuilder("<?xml version='1.0' encoding='UTF-8'?><Error>");
    Listings.element(text, "Code", code(refusal));
    Listings.element(text, "Message", String.valueOf(refusal.getMessage()));
    text.append("</Error>");
    return Reply.text(refusal.status(), "application/xml; charset=UTF-8", text.toString());
  }

  private static String code(Refusal refusal) {
    return switch (refusal.reason()) {
      case "notFound" ->
          String.valueOf(refusal.getMessage()).startsWith("No such object")
              ? "NoSuchKey"
              : "NoSuchBucket";
      case "conditionNotMet" -> "PreconditionFailed";
      case "invalid" -> "InvalidArgument";
      default ->
          refusal.reason().substring(0, 1).toUpperCase(Locale.ROOT) + refusal.reason().substring(1);
    };
  }
}

package dev.fireside.emulator.storage.xml;

import dev.fireside.emulator.storage.disk.Bucket;
import dev.fireside.emulator.storage.disk.StoredObject;
import dev.fireside.emulator.storage.json.Listing;

/// Objects in XML.
final class Listings {
  private static final String HEAD = "<?xml version='1.0' encoding='UTF-8'?>";

  private Listings() {}

  /// A page of objects.
  static String xml(Bucket bucket, Listing listing) {
    var text = new StringBuilder(HEAD);
    text.append("<ListBucketResult xmlns='http://doc.s3.amazonaws.com/2006-03-01'>");
    element(text, "Name", bucket.name());
    element(text, "IsTruncated", Boolean.toString(listing.nextToken() != null));
    if (listing.nextToken() != null) {
      element(text, "NextContinuationToken", listing.nextToken());
    }
    for (StoredObject object : listing.objects()) {
      text.append("<Contents>");
      element(text, "Key", object.name());
      element(text, "Generation", Long.toString(object.generation()));
      element(text, "MetaGeneration", Long.toString(object.metageneration()));
      element(text, "LastModified", object.updated().toString());
      element(text, "Size", Long.toString(object.size()));
      text.append("</Contents>");
    }
    for (String prefix : listing.prefixes()) {
      text.append("<CommonPrefixes>");
      element(text, "Prefix", prefix);
      text.append("</CommonPrefixes>");
    }
    return text.append("</ListBucketResult>").toString();
  }

  /// An object that was sent by a form.
  static String xml(Bucket bucket, StoredObject object) {
    var text = new StringBuilder(HEAD).append("<PostResponse>");
    element(text, "Bucket", bucket.name());
    element(text, "Key", object.name());
    return text.append("</PostResponse>").toString();
  }

  /// An element that holds text.
  static void element(StringBuilder text, String name, String value) {
    text.append('<').append(name).append('>');
    text.append(value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"));
    text.append("</").append(name).append('>');
  }
}

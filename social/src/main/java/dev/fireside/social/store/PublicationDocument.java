package dev.fireside.social.store;

import dev.fireside.shared.ids.Ids;
import dev.fireside.shared.ids.Uid;
import dev.fireside.shared.json.WireNames;
import dev.fireside.shared.store.Document;
import dev.fireside.shared.store.Fields;
import dev.fireside.social.domain.Publication;
import dev.fireside.social.domain.Visibility;
import java.util.HashMap;
import java.util.Map;

/// A publication as its document holds it: `publications/{name}`.
public final class PublicationDocument {
  private PublicationDocument() {}

  /// The path of a publication.
  public static String path(String id) {
    return "publications/" + Ids.documentName(id);
  }

  /// A publication from its document.
  public static Publication parse(Document document) {
    Fields fields = document.fields();
    return new Publication(
        Ids.fromDocumentName(document.id()),
        new Uid(fields.requiredText("author")),
        fields.text("text").orElse(""),
        MediaDocument.parse(fields),
        fields.oneOf("visibility", Visibility.class).orElse(null));
  }

  /// The fields of its document.
  public static Map<String, Object> fields(Publication publication) {
    var fields = new HashMap<String, Object>();
    fields.put("author", publication.author().value());
    fields.put("text", publication.text());
    fields.put("media", MediaDocument.fields(publication.media()));
    if (publication.visibility() != null) {
      fields.put("visibility", WireNames.of(publication.visibility()));
    }
    return fields;
  }
}

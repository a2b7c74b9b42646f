package dev.fireside.leaderboards;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fireside.emulator.testing.FiresideExtension;
import dev.fireside.emulator.testing.Reply;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Settings that no board can have.
class BadBoardsIT {
  @RegisterExtension static final FiresideExtension fireside = FiresideExtension.create();

  private static final Arena ARENA = new Arena(fireside);

  @BeforeAll
  static void board() {
    ARENA.board("there", Map.of("periods", List.of("daily", "weekly")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "'id':null; id",
        "'id':'Upper'; id",
        "'id':'-x'; id",
        "'id':'a_b'; id",
        "'id':'me'; id",
        "'id':7; id",
        "'title':null; title",
        "'title':' '; title",
        "'order':'down'; order",
        "'operator':'max'; operator",
        "'subscoreOrder':1; subscoreOrder",
        "'decimals':7; decimals",
        "'decimals':-1; decimals",
        "'decimals':0.5; decimals",
        "'scoreMin':0.5; scoreMin",
        "'scoreMin':'a'; scoreMin",
        "'scoreMin':-9007199254740992; scoreMin",
        "'scoreMax':9007199254740992; scoreMax",
        "'decimals':2,'scoreMax':1.234; scoreMax",
        "'decimals':2,'scoreMax':90071992547409.93; scoreMax",
        "'scoreMin':10,'scoreMax':9; scoreMin",
        "'periods':'daily'; periods",
        "'periods':[]; periods",
        "'periods':['hourly']; periods/0",
        "'periods':['daily',1]; periods/1",
        "'periods':['daily','daily']; periods/1",
        "'periods':['cron','daily'],'cron':'0 0 * * *'; periods",
        "'periods':['cron']; cron",
        "'periods':['cron'],'cron':'nonsense'; cron",
        "'periods':['cron'],'cron':'0 0 31 2 *'; cron",
        "'periods':['cron'],'cron':5; cron",
        "'periods':['cron'],'cron':'* * * * |'; cron",
        "'cron':'0 0 * * *'; cron",
        "'timeZone':'Europe/Atlantis'; timeZone",
        "'timeZone':1; timeZone",
        "'scopes':['world']; scopes/0",
        "'scopes':{}; scopes",
        "'metadataBytes':1025; metadataBytes",
        "'metadataBytes':-1; metadataBytes",
        "'maxSize':0; maxSize",
        "'maxSize':1000001; maxSize",
        "'joinRequired':'yes'; joinRequired",
        "'attempts':0; attempts",
        "'attempts':1001; attempts",
        "'visibleTop':0; visibleTop",
        "'visibleTop':101; visibleTop",
        "'session':'maybe'; session",
        "'rewards':{}; rewards",
        "'rewards':[7]; rewards/0",
        "'rewards':[{'to':1,'items':[{'item':'sword','count':1}]}]; rewards/0/from",
        "'rewards':[{'from':0,'to':1,'items':[{'item':'sword','count':1}]}]; rewards/0/from",
        "'rewards':[{'from':5,'to':4,'items':[{'item':'sword','count':1}]}]; rewards/0/to",
        "'rewards':[{'from':1,'to':10001,'items':[{'item':'sword','count':1}]}]; rewards/0/to",
        "'rewards':[{'from':1,'to':1}]; rewards/0/items",
        "'rewards':[{'from':1,'to':1,'items':[{'count':1}]}]; rewards/0/items/0/item",
        "'rewards':[{'from':1,'to':1,'items':[{'item':'a b','count':1}]}]; rewards/0/items/0/item",
        "'rewards':[{'from':1,'to':1,'items':[{'item':'sword','count':0}]}]; rewards/0/items/0/count",
        "'rewards':[{'from':1,'to':1,'currencies':[{'amount':1}]}]; rewards/0/currencies/0/code",
        "'rewards':[{'from':1,'to':1,'currencies':[{'code':'gold','amount':-1}]}]; rewards/0/currencies/0/amount",
        "'rewards':[{'period':'weekly','from':1,'to':1,'items':[{'item':'sword','count':1}]}]; rewards/0/period",
        "'periods':['all-time'],'rewards':[{'from':1,'to':1,'items':[{'item':'sword','count':1}]}]; rewards/0/period",
        "'rewards':[{'from':1,'to':5,'items':[{'item':'sword','count':1}]},{'from':5,'to':6,'items':[{'item':'axe','count':1}]}]; rewards/1/from",
        "'rules':[]; rules",
        "'rules':{'minSeconds':-1}; rules/minSeconds",
        "'rules':{'maxSeconds':0}; rules/maxSeconds",
        "'rules':{'minSeconds':60,'maxSeconds':30}; rules/minSeconds",
        "'rules':{'pointsPerSecondMax':-1}; rules/pointsPerSecondMax",
        "'rules':{'minEvents':-1}; rules/minEvents",
        "'rules':{'scoreFromEvents':1}; rules/scoreFromEvents",
      })
  void areRefusedWithTheFieldThatIsWrong(String setting, String field) {
    String start = "{'id':'new','title':'New','periods':['daily']";
    // The setting stands instead of the sound one of the same name.
    for (String name : List.of("id", "title", "periods")) {
      if (setting.startsWith("'" + name + "'")) {
        start = start.replaceAll("'" + name + "':(\\[[^]]*]|'[^']*'),?", "");
      }
    }
    String body = start + (start.endsWith("{") || start.endsWith(",") ? "" : ",") + setting + "}";

    Reply reply = create(body);

    assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
    assertThat(reply.errorFields()).contains(field);
    assertThat(ARENA.anybody().get("/api/leaderboards/new").status()).isEqualTo(404);
  }

  private static Reply create(String body) {
    return ARENA
        .admin()
        .raw(
            "POST",
            "/api/leaderboards",
            body.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
            "application/json");
  }

  @Test
  void areAllToldAtOnce() {
    Reply reply = create("{'id':'A','title':'','order':1,'maxSize':0,'rules':{'minEvents':-1}}");

    assertThat(reply.errorFields()).contains("id", "title", "order", "maxSize", "rules/minEvents");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '^',
      value = {
        "'order':'asc'; 409; order",
        "'operator':'incr'; 409; operator",
        "'subscoreOrder':'asc'; 409; subscoreOrder",
        "'decimals':2; 409; decimals",
        "'periods':['daily']; 409; periods",
        "'cron':'0 0 * * *'; 400; cron",
        "'timeZone':'Asia/Tokyo'; 409; timeZone",
        "'scopes':['country']; 409; scopes",
        "'id':'other'; 409; id",
        "'maxSize':5; 409; maxSize",
        "'title':''; 400; title",
        "'scoreMin':1.5; 400; scoreMin",
        "'scoreMin':9007199254740991,'scoreMax':1; 400; scoreMin",
        "'visibleTop':101; 400; visibleTop",
        "'rewards':[{'from':1,'to':1,'items':[{'item':'sword','count':1}]}]; 400; rewards/0/period",
        "'rules':{'minSeconds':4000}; 400; rules/minSeconds",
      })
  void areRefusedForAnEditTheSameWay(String setting, int status, String field) {
    Reply reply =
        ARENA
            .admin()
            .raw(
                "PATCH",
                "/api/leaderboards/there",
                ("{" + setting + "}").replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                "application/json");

    assertThat(reply.status()).as(reply.toString()).isEqualTo(status);
    assertThat(reply.errorFields()).contains(field);
  }
}

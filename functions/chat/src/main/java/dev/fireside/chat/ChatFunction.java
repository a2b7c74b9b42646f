package dev.fireside.chat;

import dev.fireside.chat.store.Stores;
import dev.fireside.shared.Platform;
import dev.fireside.shared.http.HttpApp;
import dev.fireside.shared.http.RoutedFunction;
import java.time.Clock;
import java.time.Duration;

/// Answers `/api/chats`.
public final class ChatFunction implements RoutedFunction {
  private static final Duration EDITABLE = Duration.ofMinutes(15);

  private final HttpApp app;

  public ChatFunction() {
    this(Platform.current());
  }

  ChatFunction(Platform platform) {
    this.app = new HttpApp(platform);
    Clock clock = platform.clock();
    Stores stores = Stores.of(platform);
    var gate = new Gate(stores);
    var invitations = new Invitations(stores);
    var readMessages = new ReadMessages(stores, gate);
    var readChats = new ReadChats(stores, gate, readMessages, clock);
    var keepStanding = new KeepStanding(stores, gate);
    new ChatRoutes(
            new OpenChat(stores, invitations, clock),
            readChats,
            new LeadGroup(stores, gate, invitations),
            new AnswerRequest(stores, gate),
            keepStanding)
        .addTo(app);
    new MessageRoutes(
            new SendMessage(stores, invitations, clock),
            readChats,
            readMessages,
            new ChangeMessage(
                stores,
                gate,
                readMessages,
                clock,
                platform.config().duration("CHAT_EDIT_WINDOW", EDITABLE)),
            keepStanding)
        .addTo(app);
  }

  @Override
  public HttpApp app() {
    return app;
  }
}

package dev.fireside.chat.store;

import dev.fireside.shared.Platform;

/// The stores of this module, made together.
public record Stores(
    ChatStore chats, PageStore pages, Standings standings, People people, Live live) {

  public static Stores of(Platform platform) {
    var people = new People(platform);
    var standings = new Standings(platform);
    var live = new Live(platform, people, standings);
    var pages = new PageStore(platform);
    return new Stores(new ChatStore(platform, pages, live), pages, standings, people, live);
  }
}

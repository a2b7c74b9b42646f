package dev.fireside.posts.domain;

import dev.fireside.social.domain.PersonView;
import java.util.List;

/// Somebody who reacted to a post, as lists show them.
///
/// @param id of their reactions: the order of the list
public record Reactor(String id, PersonView user, List<String> kinds) {}

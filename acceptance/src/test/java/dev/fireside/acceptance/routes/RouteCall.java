package dev.fireside.acceptance.routes;

import dev.fireside.emulator.testing.Reply;

/// A well-formed call of one route, about the caller's own or public things. What it needs, it
/// makes first.
@FunctionalInterface
interface RouteCall {
  Reply by(Who who);
}

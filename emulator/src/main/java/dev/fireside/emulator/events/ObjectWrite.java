package dev.fireside.emulator.events;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/// A change of an object of Cloud Storage, once it is done.
///
/// @param use which of the project's buckets it is in, as triggers name it: `uploads`, `media`
/// @param event the last part of the CloudEvents type, such as `finalized`
/// @param object as the JSON API shows it
/// @param time when it changed
public record ObjectWrite(String use, String event, ObjectNode object, Instant time) {}

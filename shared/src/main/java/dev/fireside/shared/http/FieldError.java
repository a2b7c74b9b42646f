package dev.fireside.shared.http;

/// What is wrong with one field.
///
/// @param field where it is: a name, a JSON pointer without its first slash, or `?name` for a query
///   parameter
/// @param message what it should be, for people
public record FieldError(String field, String message) {}

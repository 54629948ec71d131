package io.duckfleet.common.errors;

/// What is wrong with one field of a request. `field` is a JSON path such as `records[3].id`, or a query
/// parameter's name.
public record FieldError(String field, String message) {}

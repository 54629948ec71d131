package io.duckfleet.common.errors;

import java.util.Locale;

/// Every way in which a request can fail, with its HTTP status. The lower-case name is the `code` of the
/// problem document.
public enum ErrorCode {
    INVALID_REQUEST(Category.USER, 422, "The request is invalid"),
    INVALID_NAME(Category.USER, 400, "The name is invalid"),
    SQL_SYNTAX(Category.USER, 400, "The SQL has a syntax error"),
    NOT_A_SELECT(Category.USER, 400, "Only one SELECT statement is served"),
    UNKNOWN_TABLE(Category.USER, 400, "The table is unknown"),
    UNKNOWN_COLUMN(Category.USER, 400, "The column is unknown"),
    FUNCTION_NOT_ALLOWED(Category.USER, 400, "The function is not allowed"),
    SQL_FAILED(Category.USER, 400, "The SQL can't be run"),
    UNAUTHENTICATED(Category.USER, 401, "Authentication is required"),
    FORBIDDEN(Category.USER, 403, "Not allowed"),
    NOT_FOUND(Category.USER, 404, "Not found"),
    METHOD_NOT_ALLOWED(Category.USER, 405, "The method is not served here"),
    NOT_ACCEPTABLE(Category.USER, 406, "None of the accepted media types is served"),
    REQUEST_TIMEOUT(Category.USER, 408, "The request came too slowly"),
    CANCELLED(Category.USER, 409, "The query was cancelled"),
    TABLE_VERSION_CHANGED(Category.EXTERNAL, 409, "The table was loaded again"),
    BODY_TOO_LARGE(Category.USER, 413, "The body is too large"),
    RESULT_TOO_LARGE(Category.RESOURCE, 413, "The result is too large"),
    MEMORY_LIMIT(Category.RESOURCE, 413, "The query needs more memory than it may have"),
    UNSUPPORTED_MEDIA_TYPE(Category.USER, 415, "The media type is not served"),
    OVERLOADED(Category.RESOURCE, 429, "Too much work at once"),
    INTERNAL(Category.INTERNAL, 500, "Internal error"),
    LOAD_FAILED(Category.EXTERNAL, 502, "The table can't be loaded"),
    SHARDS_DIFFER(Category.EXTERNAL, 502, "The shards of a table differ"),
    NODE_UNREACHABLE(Category.EXTERNAL, 502, "A data node can't be reached"),
    STORAGE_UNREACHABLE(Category.EXTERNAL, 502, "S3 can't be reached"),
    CATALOG_UNREACHABLE(Category.EXTERNAL, 502, "The lake's catalog can't be reached"),
    SIDECAR_UNREACHABLE(Category.EXTERNAL, 502, "The sidecar can't be reached"),
    TRINO_UNREACHABLE(Category.EXTERNAL, 502, "Trino can't be reached"),
    TRINO_FAILED(Category.EXTERNAL, 502, "Trino failed"),
    TRINO_NOT_CONFIGURED(Category.EXTERNAL, 503, "No Trino is configured"),
    SIDECAR_NOT_CONFIGURED(Category.EXTERNAL, 503, "No sidecar is configured"),
    LAKE_NOT_CONFIGURED(Category.EXTERNAL, 503, "No lake is configured"),
    NOT_READY(Category.EXTERNAL, 503, "Not ready yet"),
    DEADLINE(Category.RESOURCE, 504, "The deadline has passed"),
    NOT_ENOUGH_MEMORY(Category.RESOURCE, 507, "There is not enough memory"),
    BUFFER_DISK_FULL(Category.RESOURCE, 507, "The buffer's disk is full");

    /// Who can do something about the error.
    public enum Category {
        USER,
        RESOURCE,
        EXTERNAL,
        INTERNAL
    }

    private final Category category;
    private final int status;
    private final String title;

    ErrorCode(Category category, int status, String title) {
        this.category = category;
        this.status = status;
        this.title = title;
    }

    public Category category() {
        return category;
    }

    /// The HTTP status, 400 to 599.
    public int status() {
        return status;
    }

    public String title() {
        return title;
    }

    /// The name on the wire, such as `unknown_table`.
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.duckfleet.common.statement;

import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import java.util.Set;

/// Which functions a caller's SELECT may call. Table functions by allow-list, as most of DuckDB's read files,
/// networks, catalogs or settings; other functions by deny-list: those that read settings, variables,
/// catalogs or sequences, wait, write to the log, or crash the process (`json_deserialize_sql` does on some
/// trees). DuckDB is locked as well; either fence alone has gaps.
public final class FunctionPolicy {

    private static final Set<String> TABLE_FUNCTIONS = Set.of(
            "generate_series",
            "generate_subscripts",
            "json_each",
            "json_tree",
            "range",
            "repeat",
            "unnest",
            "regexp_split_to_table");

    private static final Set<String> DENIED = Set.of(
            "col_description",
            "current_connection_id",
            "current_query",
            "current_query_id",
            "current_setting",
            "current_transaction_id",
            "currval",
            "get_block_size",
            "getenv",
            "getvariable",
            "inet_client_addr",
            "inet_client_port",
            "inet_server_addr",
            "inet_server_port",
            "json_deserialize_sql",
            "json_serialize_plan",
            "nextval",
            "obj_description",
            "parse_duckdb_log_message",
            "pg_get_constraintdef",
            "pg_get_expr",
            "pg_get_viewdef",
            "pg_sleep",
            "shobj_description",
            "sleep_ms",
            "stats",
            "txid_current",
            "vector_type",
            "write_log");

    private static final String INTERNAL_PREFIX = "__internal";

    private FunctionPolicy() {}

    /// Lets the statement through if all functions that it calls are allowed.
    ///
    /// @throws FleetException `function_not_allowed` with the position of the first call that isn't allowed
    public static void check(SelectStatement statement) {
        statement.functions().stream()
                .filter(call -> !isAllowed(call))
                .findFirst()
                .ifPresent(call -> {
                    throw refusal(call);
                });
    }

    private static boolean isAllowed(FunctionCall call) {
        return call.asTable()
                ? TABLE_FUNCTIONS.contains(call.name())
                : !DENIED.contains(call.name()) && !call.name().startsWith(INTERNAL_PREFIX);
    }

    private static FleetException refusal(FunctionCall call) {
        String allowed = call.asTable()
                ? "; in FROM these may be called: "
                        + String.join(", ", TABLE_FUNCTIONS.stream().sorted().toList())
                : "";
        FleetException error = new FleetException(
                ErrorCode.FUNCTION_NOT_ALLOWED,
                "function \"%s\" is not allowed here%s".formatted(call.name(), allowed));
        return call.position().isPresent()
                ? error.with("position", call.position().getAsInt())
                : error;
    }
}

package io.duckfleet.datanode.query;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Suggestions;
import io.duckfleet.common.statement.FunctionPolicy;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import io.duckfleet.common.statement.TableReference;
import java.util.List;

/// Lets a text through if it is exactly one SELECT that names no table but the given ones, by their bare
/// names, and calls allowed functions only.
public final class StatementGate {

    private StatementGate() {}

    /// The statement.
    ///
    /// @throws FleetException that says what is wrong, with a position where known
    public static SelectStatement admit(Session session, String sql, List<String> tables) {
        SelectStatement statement = StatementReader.read(session, sql);
        FunctionPolicy.check(statement);
        statement.tables().stream()
                .filter(reference -> !isOneOf(reference, tables))
                .findFirst()
                .ifPresent(reference -> {
                    throw unknown(reference, tables);
                });
        return statement;
    }

    private static boolean isOneOf(TableReference reference, List<String> tables) {
        return !reference.isQualified()
                && !reference.timeTravel()
                && tables.stream().anyMatch(reference.name()::equalsIgnoreCase);
    }

    private static FleetException unknown(TableReference reference, List<String> tables) {
        String near = Suggestions.near(reference.name(), tables).didYouMean();
        String here = near.isEmpty() ? "; this node has \"%s\"".formatted(String.join("\", \"", tables)) : near;
        FleetException error = new FleetException(
                ErrorCode.UNKNOWN_TABLE, "table \"%s\" is not on this node%s".formatted(reference.written(), here));
        return reference.position().isPresent()
                ? error.with("position", reference.position().getAsInt())
                : error;
    }
}

package io.duckfleet.coordinator.statement;

import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.coordinator.statement.EditedText.Edit;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// A caller's statement, proved to be one SELECT, with its parameters' values in it.
///
/// @param select the SELECT; positions in it are those of the caller's text
/// @param isOpenPivot whether it has a PIVOT without an IN list, for which DuckDB makes no plan beforehand
/// @param rowLimit how many rows of the answer are wanted at most, beside any LIMIT of its own
/// @param explaining what `EXPLAIN` before it asks for
public record CallersStatement(
        SelectStatement select,
        boolean isOpenPivot,
        OptionalLong rowLimit,
        Optional<Explaining> explaining,
        EditedText text) {

    /// A SELECT as it stands.
    public static CallersStatement of(SelectStatement select) {
        return new CallersStatement(select, false, OptionalLong.empty(), Optional.empty(), EditedText.of(select.sql()));
    }

    /// The statement that DuckDB runs: the SELECT within its row limit.
    public SelectStatement toRun() {
        return new SelectStatement(edited().text(), select.tree(), select.tables(), select.functions());
    }

    private EditedText edited() {
        return rowLimit.isEmpty()
                ? text
                : text.with(List.of(
                        Edit.insert(0, "FROM ("),
                        Edit.insert(text.original().length(), "\n) LIMIT " + rowLimit.getAsLong())));
    }

    /// An error of DuckDB's about [#toRun()], with its position in the caller's text. The parser counts
    /// characters, all others count bytes.
    public FleetException inCallersText(FleetException error) {
        if (!(error.extensions().get("position") instanceof Integer position)
                || !(error.extensions().get("duckdb_type") instanceof String type)) {
            return error;
        }
        EditedText ran = edited();
        int characters = type.equals("Parser") ? position : charactersIn(ran.text(), position);
        return error.with("position", ran.inOriginal(characters));
    }

    private static int charactersIn(String text, int bytes) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new String(utf8, 0, Math.clamp(bytes, 0, utf8.length), StandardCharsets.UTF_8).length();
    }
}

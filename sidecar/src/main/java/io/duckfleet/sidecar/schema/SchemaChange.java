package io.duckfleet.sidecar.schema;

import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.sidecar.schema.TableSchema.Column;

/// One step from a table's schema to the one that a batch needs.
public sealed interface SchemaChange {

    /// The table is made, with these columns.
    record CreateTable(TableSchema schema) implements SchemaChange {}

    /// A column is added at the end; the rows that are there have null in it.
    record AddColumn(Column column) implements SchemaChange {}

    /// The column's type is widened by the lake itself: its files stay as they are. `rounds` tells that
    /// integers become DOUBLE: the rows that are there have been looked at.
    record WidenColumn(Column column, boolean rounds) implements SchemaChange {}

    /// The column becomes text or JSON, value by value, because what came can't be held otherwise: the lake
    /// can't widen that, its files are written anew.
    record RewriteColumn(Column from, Column to) implements SchemaChange {}

    /// A column that has held nothing but null takes the type of its first values.
    record GiveFirstType(Column column) implements SchemaChange {}

    /// Whether the change can follow other batches' rows in one transaction: it neither reads nor rewrites
    /// rows.
    default boolean isAdditive() {
        return switch (this) {
            case CreateTable create -> true;
            case AddColumn add -> true;
            case WidenColumn widen -> !widen.rounds();
            case RewriteColumn rewrite -> false;
            case GiveFirstType first -> false;
        };
    }

    /// The change in words, on one line.
    default String describe() {
        String text = switch (this) {
            case CreateTable create -> "made with " + create.schema().columns().size() + " columns";
            case AddColumn add -> "new column " + describe(add.column());
            case WidenColumn widen -> "column widened to " + describe(widen.column());
            case RewriteColumn rewritten -> "column written anew, " + describe(rewritten.to());
            case GiveFirstType first -> "column takes its first type, " + describe(first.column());
        };
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String describe(Column column) {
        return Identifiers.quote(column.name()) + " " + column.type().sql();
    }
}

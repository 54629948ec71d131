package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.sidecar.schema.ColumnType.Scalar;
import io.duckfleet.sidecar.schema.ReservedFields;
import io.duckfleet.sidecar.schema.SchemaChange;
import io.duckfleet.sidecar.schema.TableSchema;
import io.duckfleet.sidecar.schema.TableSchema.Column;
import java.util.stream.Collectors;

/// Makes schema changes in the lake, within the session's transaction.
final class SchemaWriter {

    /// Longer than any field's name may be, so it is no column's.
    private static final String SPARE_COLUMN = "duckfleet".repeat(15);

    private final Session session;

    SchemaWriter(Session session) {
        this.session = session;
    }

    void apply(TableSchema schema, SchemaChange change) {
        String table = LakeSql.table(schema.table());
        switch (change) {
            case SchemaChange.CreateTable create -> create(table, create.schema());
            case SchemaChange.AddColumn add -> alter(table, "ADD COLUMN " + definition(add.column()));
            case SchemaChange.WidenColumn widen ->
                alter(table, "ALTER COLUMN %s TYPE %s".formatted(quoted(widen.column()), type(widen.column())));
            case SchemaChange.TurnIntoText text -> rewrite(table, text.from(), text.to());
            case SchemaChange.GiveFirstType first -> {
                alter(table, "DROP COLUMN " + quoted(first.column()));
                alter(table, "ADD COLUMN " + definition(first.column()));
            }
        }
    }

    private void create(String table, TableSchema schema) {
        String columns = schema.columns().stream().map(SchemaWriter::definition).collect(Collectors.joining(", "));
        session.execute("CREATE TABLE %s (%s)".formatted(table, columns));
        alter(
                table,
                "SET PARTITIONED BY (year(%1$s), month(%1$s), day(%1$s))".formatted(ReservedFields.PARTITION_DATE));
    }

    private void rewrite(String table, Column from, Column to) {
        String spare = Identifiers.quote(SPARE_COLUMN);
        String value = to.type() == Scalar.VARCHAR
                ? LakeSql.isoText(from.name())
                : "CAST(%s AS %s)".formatted(quoted(from), type(to));
        alter(table, "ADD COLUMN %s %s".formatted(spare, type(to)));
        session.execute("UPDATE %s SET %s = %s".formatted(table, spare, value));
        alter(table, "DROP COLUMN " + quoted(from));
        alter(table, "RENAME COLUMN %s TO %s".formatted(spare, quoted(to)));
    }

    private void alter(String table, String change) {
        session.execute("ALTER TABLE %s %s".formatted(table, change));
    }

    private static String definition(Column column) {
        return quoted(column) + " " + type(column);
    }

    private static String quoted(Column column) {
        return Identifiers.quote(column.name());
    }

    private static String type(Column column) {
        return column.type().sql();
    }
}

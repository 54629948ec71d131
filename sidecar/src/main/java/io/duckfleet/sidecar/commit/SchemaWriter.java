package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.sidecar.lake.SchemaPin;
import io.duckfleet.sidecar.schema.ColumnType.Scalar;
import io.duckfleet.sidecar.schema.ReservedFields;
import io.duckfleet.sidecar.schema.SchemaChange;
import io.duckfleet.sidecar.schema.TableSchema;
import io.duckfleet.sidecar.schema.TableSchema.Column;
import java.util.stream.Collectors;

/// Makes schema changes in the lake, within the session's transaction. `pin` must outlive that.
final class SchemaWriter {

    /// Longer than any field's name may be, so it is no column's.
    private static final String SPARE_COLUMN = "duckfleet".repeat(15);

    private final Session session;
    private final SchemaPin pin;

    SchemaWriter(Session session, SchemaPin pin) {
        this.session = session;
        this.pin = pin;
    }

    void apply(TableSchema schema, SchemaChange change) {
        String table = LakeAttachment.qualified(schema.table());
        switch (change) {
            case SchemaChange.CreateTable create -> create(table, create.schema());
            case SchemaChange.AddColumn add -> alter(table, "ADD COLUMN " + definition(add.column()));
            case SchemaChange.WidenColumn widen ->
                alter(table, "ALTER COLUMN %s TYPE %s".formatted(quoted(widen.column()), type(widen.column())));
            case SchemaChange.RewriteColumn column -> rewrite(schema, column.from(), column.to());
            case SchemaChange.GiveFirstType first -> {
                alter(table, "DROP COLUMN " + quoted(first.column()));
                alter(table, "ADD COLUMN " + definition(first.column()));
            }
        }
    }

    /// Remembers that the column's type was asked for, in the column's comment.
    void markDeclared(TableSchema schema, Column column) {
        pin.change(
                session,
                "COMMENT ON COLUMN %s.%s IS %s"
                        .formatted(
                                LakeAttachment.qualified(schema.table()),
                                quoted(column),
                                Identifiers.literal(LakeSchemas.DECLARED)));
    }

    private void create(String table, TableSchema schema) {
        String columns = schema.columns().stream().map(SchemaWriter::definition).collect(Collectors.joining(", "));
        pin.change(session, "CREATE TABLE %s (%s)".formatted(table, columns));
        alter(
                table,
                "SET PARTITIONED BY (year(%1$s), month(%1$s), day(%1$s))".formatted(ReservedFields.PARTITION_DATE));
    }

    private void rewrite(TableSchema schema, Column from, Column to) {
        if (to.type() instanceof Scalar) {
            rewriteScalar(LakeAttachment.qualified(schema.table()), from, to);
        } else {
            rewriteNested(schema, from, to);
        }
    }

    private void rewriteScalar(String table, Column from, Column to) {
        String spare = Identifiers.quote(SPARE_COLUMN);
        alter(table, "ADD COLUMN %s %s".formatted(spare, type(to)));
        session.execute("UPDATE %s SET %s = %s".formatted(table, spare, converted(from, to)));
        alter(table, "DROP COLUMN " + quoted(from));
        alter(table, "RENAME COLUMN %s TO %s".formatted(spare, quoted(to)));
    }

    /// DuckLake leaves a catalog that can't be read any more when a nested column is renamed in the
    /// transaction that adds it. So the values wait in a temp table, by row, while the column is dropped
    /// and added.
    private void rewriteNested(TableSchema schema, Column from, Column to) {
        if (schema.column("rowid").isPresent()) {
            throw FleetException.invalid(
                    from.name(),
                    "can't be changed, as the table has a column called rowid, which hides the rows' numbers");
        }
        String table = LakeAttachment.qualified(schema.table());
        session.execute("CREATE OR REPLACE TEMP TABLE saved AS SELECT rowid AS r, %s AS v FROM %s WHERE %s IS NOT NULL"
                .formatted(converted(from, to), table, quoted(from)));
        alter(table, "DROP COLUMN " + quoted(from));
        alter(table, "ADD COLUMN " + definition(to));
        session.execute("UPDATE %s AS t SET %s = saved.v FROM temp.main.saved AS saved WHERE t.rowid = saved.r"
                .formatted(table, quoted(to)));
        session.execute("DROP TABLE temp.main.saved");
    }

    private static String converted(Column from, Column to) {
        if (to.type() == Scalar.JSON) {
            return "to_json(%s)".formatted(quoted(from));
        }
        boolean temporal =
                from.type() == Scalar.DATE || from.type() == Scalar.TIMESTAMP || from.type() == Scalar.TIMESTAMPTZ;
        return temporal && to.type() == Scalar.VARCHAR
                ? isoText(from)
                : "CAST(%s AS %s)".formatted(quoted(from), type(to));
    }

    /// Dates and times in ISO's form, as the records had them.
    private static String isoText(Column column) {
        return "replace(replace(CAST(%s AS VARCHAR), ' ', 'T'), '+00', 'Z')".formatted(quoted(column));
    }

    private void alter(String table, String change) {
        pin.change(session, "ALTER TABLE %s %s".formatted(table, change));
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

package io.duckfleet.sidecar.commit;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.schema.ColumnFacts;
import io.duckfleet.sidecar.schema.ColumnType;
import io.duckfleet.sidecar.schema.TableSchema.Column;
import java.util.Set;

/// Facts about one table's rows, by queries in a session. That a column has values is remembered in
/// `filled`, which outlives the session.
public final class LakeFacts implements ColumnFacts {

    private final Session session;
    private final TableName table;
    private final Set<String> filled;

    public LakeFacts(Session session, TableName table, Set<String> filled) {
        this.session = session;
        this.table = table;
        this.filled = filled;
    }

    @Override
    public boolean holdsOnlyNulls(Column column) {
        String key = table + "." + column.name();
        if (filled.contains(key)) {
            return false;
        }
        boolean onlyNulls = isEmpty("%s IS NOT NULL".formatted(Identifiers.quote(column.name())));
        if (!onlyNulls) {
            filled.add(key);
        }
        return onlyNulls;
    }

    @Override
    public boolean survives(Column column, ColumnType type) {
        String name = Identifiers.quote(column.name());
        return isEmpty("TRY_CAST(CAST(%1$s AS %2$s) AS %3$s) IS DISTINCT FROM %1$s"
                .formatted(name, type.sql(), column.type().sql()));
    }

    private boolean isEmpty(String condition) {
        return session.queryTexts(
                        "SELECT 1 FROM %s WHERE %s LIMIT 1".formatted(LakeAttachment.qualified(table), condition))
                .isEmpty();
    }
}

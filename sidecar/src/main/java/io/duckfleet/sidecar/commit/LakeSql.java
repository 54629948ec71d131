package io.duckfleet.sidecar.commit;

import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.sql.TableName;

/// Lake tables in SQL.
final class LakeSql {

    private LakeSql() {}

    /// The table with catalog and schema.
    static String table(TableName table) {
        return LakeAttachment.CATALOG + "." + LakeAttachment.SCHEMA + "." + table.quoted();
    }

    /// The text of a column that was inferred as dates, in ISO's form, as records had it.
    static String isoText(String column) {
        return "replace(replace(CAST(%s AS VARCHAR), ' ', 'T'), '+00', 'Z')".formatted(Identifiers.quote(column));
    }
}

package io.duckfleet.sidecar.table;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Suggestions;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.lake.LakeReader;
import io.duckfleet.sidecar.table.TableAnswers.Column;
import java.util.ArrayList;
import java.util.List;

/// Looks tables up in the lake.
public final class TableService {

    private final LakeReader lake;

    public TableService(LakeReader lake) {
        this.lake = lake;
    }

    /// The names of the lake's tables, sorted.
    List<String> names() {
        return lake.read(TableService::names);
    }

    /// The table's columns, as `DESCRIBE` tells them.
    ///
    /// @throws FleetException `not_found` if there is no such table
    List<Column> columns(TableName table) {
        return lake.read(session -> {
            checkExists(session, table);
            return session.query("DESCRIBE " + qualified(table), rows -> {
                List<Column> columns = new ArrayList<>();
                while (rows.next()) {
                    columns.add(new Column(
                            rows.getString(1),
                            rows.getString(2),
                            rows.getString(3),
                            rows.getString(4),
                            rows.getString(5),
                            rows.getString(6)));
                }
                return columns;
            });
        });
    }

    /// How many records the table has.
    ///
    /// @throws FleetException `not_found` if there is no such table
    long count(TableName table) {
        return lake.read(session -> {
            checkExists(session, table);
            return session.queryLong("SELECT count(*) FROM " + qualified(table));
        });
    }

    private static List<String> names(Session session) {
        return session.queryTexts(
                "SELECT table_name FROM duckdb_tables() WHERE database_name = ? AND schema_name = ? ORDER BY lower(table_name)",
                LakeAttachment.CATALOG,
                LakeAttachment.SCHEMA);
    }

    private static void checkExists(Session session, TableName table) {
        List<String> names = names(session);
        if (names.stream().noneMatch(name -> name.equalsIgnoreCase(table.text()))) {
            throw new FleetException(
                    ErrorCode.NOT_FOUND,
                    "table \"%s\" is not in the lake%s"
                            .formatted(
                                    table, Suggestions.near(table.text(), names).didYouMean()));
        }
    }

    private static String qualified(TableName table) {
        return LakeAttachment.CATALOG + "." + LakeAttachment.SCHEMA + "." + table.quoted();
    }
}

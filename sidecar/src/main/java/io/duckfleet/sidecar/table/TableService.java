package io.duckfleet.sidecar.table;

import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.errors.Suggestions;
import io.duckfleet.common.lake.LakeAttachment;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.sidecar.buffer.Backlog;
import io.duckfleet.sidecar.buffer.TableBacklog;
import io.duckfleet.sidecar.lake.LakeReader;
import io.duckfleet.sidecar.table.TableAnswers.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Looks tables up in the lake and in the buffer.
public final class TableService {

    private final LakeReader lake;
    private final Backlog buffered;

    public TableService(LakeReader lake, Backlog buffered) {
        this.lake = lake;
        this.buffered = buffered;
    }

    /// The names of the tables that are in the lake or have buffered records, sorted.
    List<String> names() {
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.addAll(lake.read(TableService::names));
        buffered.tables().forEach(table -> names.add(table.text()));
        return List.copyOf(names);
    }

    /// The table's columns, as `DESCRIBE` tells them.
    ///
    /// @throws FleetException `not_found` if there is no such table
    List<Column> columns(TableName table) {
        return lake.read(session -> {
            checkExists(session, table);
            return session.query("DESCRIBE " + LakeAttachment.qualified(table), rows -> {
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

    /// How many records the table has in the buffer.
    long bufferedCount(TableName table) {
        return buffered.of(table).map(TableBacklog::rows).orElse(0L);
    }

    /// How many records the table has in the lake: none while all of them are in the buffer; empty when
    /// there are buffered ones and the lake can't be asked.
    ///
    /// @throws FleetException `not_found` if there is no such table
    Optional<Long> lakeCount(TableName table) {
        boolean isBuffered = buffered.of(table).isPresent();
        try {
            return Optional.of(count(table));
        } catch (FleetException e) {
            if (!isBuffered) {
                throw e;
            }
            return e.code() == ErrorCode.NOT_FOUND ? Optional.of(0L) : Optional.empty();
        }
    }

    private long count(TableName table) {
        return lake.read(session -> {
            checkExists(session, table);
            return session.queryLong("SELECT count(*) FROM " + LakeAttachment.qualified(table));
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
}

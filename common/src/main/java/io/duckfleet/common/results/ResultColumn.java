package io.duckfleet.common.results;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A column of a result: its name (unique in the result: those that repeat get `_1`, `_2`) and DuckDB's name
/// of its type.
public record ResultColumn(String name, String type) {

    /// The columns of `rows`, in order.
    public static List<ResultColumn> of(ResultSet rows) throws SQLException {
        ResultSetMetaData metadata = rows.getMetaData();
        List<ResultColumn> columns = new ArrayList<>();
        Set<String> taken = new HashSet<>();
        for (int i = 1; i <= metadata.getColumnCount(); i++) {
            columns.add(new ResultColumn(unique(metadata.getColumnLabel(i), taken), metadata.getColumnTypeName(i)));
        }
        return List.copyOf(columns);
    }

    private static String unique(String name, Set<String> taken) {
        String candidate = name;
        for (int i = 1; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
            candidate = name + "_" + i;
        }
        return candidate;
    }
}

package io.duckfleet.common.results;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Rows as an aligned table of text. Widths come from the names and the first [#SAMPLE_ROWS] rows; a longer
/// value further down moves its own line only, so that a result of any length streams. NULL is shown as
/// `NULL`.
final class TextRows {

    private static final int SAMPLE_ROWS = 1_000;

    private TextRows() {}

    static long write(ResultRows rows, OutputStream out) throws SQLException, IOException {
        List<ResultColumn> columns = rows.columns();
        List<List<String>> sample = new ArrayList<>();
        while (sample.size() < SAMPLE_ROWS && rows.next()) {
            sample.add(row(rows, columns.size()));
        }
        List<String> names = columns.stream().map(ResultColumn::name).toList();
        int[] widths = widths(names, sample);
        writeLine(out, names, widths);
        writeLine(out, rules(widths), widths);
        for (List<String> row : sample) {
            writeLine(out, row, widths);
        }
        while (rows.next()) {
            writeLine(out, row(rows, widths.length), widths);
        }
        out.flush();
        return rows.count();
    }

    private static List<String> row(ResultRows rows, int columns) throws SQLException {
        List<String> texts = new ArrayList<>(columns);
        for (int i = 1; i <= columns; i++) {
            Object value = rows.value(i);
            texts.add(value == null ? "NULL" : value.toString().replace('\n', ' '));
        }
        return texts;
    }

    private static int[] widths(List<String> names, List<List<String>> sample) {
        int[] widths = names.stream().mapToInt(String::length).toArray();
        for (List<String> row : sample) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return widths;
    }

    private static List<String> rules(int[] widths) {
        List<String> rules = new ArrayList<>();
        for (int width : widths) {
            rules.add("-".repeat(width));
        }
        return rules;
    }

    private static void writeLine(OutputStream out, List<String> cells, int[] widths) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String cell = cells.get(i);
            line.append(i == 0 ? "" : "  ").append(cell);
            if (i < widths.length - 1) {
                line.repeat(' ', Math.max(0, widths[i] - cell.length()));
            }
        }
        out.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }
}

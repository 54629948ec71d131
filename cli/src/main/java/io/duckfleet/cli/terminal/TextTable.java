package io.duckfleet.cli.terminal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Rows of text under a header. For people: aligned columns that fit into the terminal's width, the widest
/// ones cut with `…` first. For programs: one line a row, values separated by tabs, with tabs, line breaks
/// and backslashes in values escaped (`\t`, `\n`, `\r`, `\\`).
public record TextTable(List<String> header, List<List<String>> rows) {

    private static final String GAP = "  ";
    private static final int NARROWEST = 3;

    public TextTable {
        header = List.copyOf(header);
        rows = rows.stream().map(List::copyOf).toList();
        int width = header.size();
        if (rows.stream().anyMatch(row -> row.size() != width)) {
            throw new IllegalArgumentException("every row must have %d values".formatted(width));
        }
    }

    /// The lines as `terminal` wants them.
    public List<String> linesFor(Terminal terminal) {
        return terminal.columns().map(this::fitted).orElseGet(this::separated);
    }

    /// Aligned columns, no line longer than `columns` as long as each column has at least 3 characters.
    public List<String> fitted(int columns) {
        int[] widths = fittedWidths(columns);
        List<String> lines = new ArrayList<>();
        lines.add(line(header, widths));
        lines.add(Arrays.stream(widths).mapToObj("─"::repeat).collect(Collectors.joining(GAP)));
        rows.forEach(row -> lines.add(line(row, widths)));
        return List.copyOf(lines);
    }

    /// A line a row, separated by tabs.
    public List<String> separated() {
        List<String> lines = new ArrayList<>();
        lines.add(separated(header));
        rows.forEach(row -> lines.add(separated(row)));
        return List.copyOf(lines);
    }

    private int[] fittedWidths(int columns) {
        int[] widths = IntStream.range(0, header.size()).map(this::naturalWidth).toArray();
        int room = columns - GAP.length() * Math.max(0, widths.length - 1);
        int excess = Arrays.stream(widths).sum() - room;
        for (; excess > 0 && widest(widths) >= 0; excess--) {
            widths[widest(widths)]--;
        }
        return widths;
    }

    /// The column to cut next, or -1 when all are as narrow as may be.
    private static int widest(int[] widths) {
        int best = -1;
        for (int i = 0; i < widths.length; i++) {
            if (widths[i] > NARROWEST && (best < 0 || widths[i] > widths[best])) {
                best = i;
            }
        }
        return best;
    }

    private int naturalWidth(int column) {
        int widestValue = rows.stream()
                .mapToInt(row -> length(oneLine(row.get(column))))
                .max()
                .orElse(0);
        return Math.max(length(oneLine(header.get(column))), widestValue);
    }

    private String line(List<String> values, int[] widths) {
        return IntStream.range(0, widths.length)
                .mapToObj(i -> cell(oneLine(values.get(i)), widths[i], isNumeric(i)))
                .collect(Collectors.joining(GAP))
                .stripTrailing();
    }

    private boolean isNumeric(int column) {
        return !rows.isEmpty() && rows.stream().map(row -> row.get(column)).allMatch(TextTable::isNumber);
    }

    private static boolean isNumber(String text) {
        return text.isEmpty() || text.matches("[-+]?[0-9][0-9.]*([eE][-+]?[0-9]+)?");
    }

    private static String cell(String text, int width, boolean right) {
        String cut = length(text) <= width ? text : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
        String padding = " ".repeat(width - length(cut));
        return right ? padding + cut : cut + padding;
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String oneLine(String text) {
        return text.codePoints()
                .map(c -> Character.isISOControl(c) ? ' ' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String separated(List<String> values) {
        return values.stream().map(TextTable::escaped).collect(Collectors.joining("\t"));
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\")
                .replace("\t", "\\t")
                .replace("\n", "\\n")
                .replace("\r", "\\r");
    }
}

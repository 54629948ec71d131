package io.duckfleet.datanode.load;

import java.util.List;
import java.util.Random;

/// A CSV file by chance: delimiter, line end, quoting, missing values, line breaks and quotes within fields.
final class GeneratedCsv {

    private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
    private static final List<String> WORDS = List.of(
            "duck", "say \"\"quack\"\"", "two\nlines", "a,b;c|d", "", " padded ", "ß東🦆", "5'' disk", "tab\there");

    private final Random random;
    private final String delimiter;
    private final String lineEnd;
    private final int columns;

    GeneratedCsv(Random random) {
        this.random = random;
        this.delimiter = DELIMITERS.get(random.nextInt(DELIMITERS.size()));
        this.lineEnd = random.nextBoolean() ? "\n" : "\r\n";
        this.columns = 2 + random.nextInt(5);
    }

    String text(int rows) {
        StringBuilder text = new StringBuilder();
        for (int column = 0; column < columns; column++) {
            text.append(column == 0 ? "" : delimiter).append("column").append(column);
        }
        text.append(lineEnd);
        for (int row = 0; row < rows; row++) {
            appendRow(text, row);
        }
        return text.toString();
    }

    private void appendRow(StringBuilder text, int row) {
        text.append(row);
        for (int column = 1; column < columns; column++) {
            text.append(delimiter).append(field(column));
        }
        text.append(lineEnd);
    }

    private String field(int column) {
        return switch (column % 3) {
            case 0 -> random.nextInt(10) == 0 ? "" : Integer.toString(random.nextInt());
            case 1 -> '"' + WORDS.get(random.nextInt(WORDS.size())) + '"';
            default -> Double.toString(random.nextInt(1_000_000) / 100.0);
        };
    }
}

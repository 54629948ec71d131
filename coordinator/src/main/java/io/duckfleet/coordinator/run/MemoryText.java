package io.duckfleet.coordinator.run;

import java.util.List;

/// Reads amounts of memory as DuckDB writes them, such as `476.8 MiB`.
final class MemoryText {

    private static final List<String> UNITS = List.of("bytes", "KiB", "MiB", "GiB", "TiB");

    private MemoryText() {}

    /// The amount in bytes, as exact as the text is.
    static long bytes(String text) {
        int space = text.indexOf(' ');
        int power = space < 0 ? -1 : UNITS.indexOf(text.substring(space + 1));
        if (power < 0) {
            throw new IllegalArgumentException("an amount of memory such as 1.5 GiB was expected, found " + text);
        }
        return (long) (Double.parseDouble(text.substring(0, space)) * Math.pow(1024, power));
    }
}

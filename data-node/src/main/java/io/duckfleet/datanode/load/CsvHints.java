package io.duckfleet.datanode.load;

import io.duckfleet.common.errors.FleetException;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/// Tells DuckDB's complaint about a file in one line: what it found, up to its long list of settings, and the
/// read options of ours that help.
final class CsvHints {

    private static final int LONGEST = 400;
    private static final List<String> DETAILS_END =
            List.of("Possible fixes", "Possible solution", "The search space", "  file =", "LINE ");

    private CsvHints() {}

    static String sentence(FleetException error) {
        String found = String.valueOf(error.getMessage())
                .lines()
                .takeWhile(line -> DETAILS_END.stream().noneMatch(line::startsWith))
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        String some = found.length() > LONGEST ? found.substring(0, LONGEST) + ".." : found;
        return some + hint(found.toLowerCase(Locale.ROOT));
    }

    private static String hint(String found) {
        if (found.contains("expected number of columns") || found.contains("possible to automatically detect")) {
            return "; --option null_padding=true fills short rows up, --option ignore_errors=true leaves bad rows out";
        }
        if (found.contains("unicode") || found.contains("not utf-8")) {
            return "; a file in another encoding needs --option encoding=latin-1 or utf-16";
        }
        if (found.contains("csv error")) {
            return "; --option ignore_errors=true leaves bad rows out";
        }
        return "";
    }
}

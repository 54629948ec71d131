package io.duckfleet.datanode.query;

import io.duckfleet.common.duckdb.Session;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The words by which a statement may answer otherwise the next time over the same table: names of functions
/// that DuckDB doesn't call consistent (`random`, `now`), of macros, which may call those, and keywords. A
/// statement that has one anywhere, be it as a column's name, is taken to change.
record ChangingWords(Set<String> words) {

    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Set<String> KEYWORDS = Set.of(
            "current_date",
            "current_time",
            "current_timestamp",
            "localtime",
            "localtimestamp",
            "sample",
            "tablesample",
            "today",
            "tomorrow",
            "yesterday");

    private static final String FUNCTIONS = """
            SELECT DISTINCT lower(function_name) FROM duckdb_functions()
            WHERE (function_type = 'scalar' AND stability <> 'CONSISTENT') OR function_type IN ('macro', 'table_macro')""";

    ChangingWords {
        words = Set.copyOf(words);
    }

    static ChangingWords of(Session session) {
        Set<String> words = new HashSet<>(KEYWORDS);
        words.addAll(session.queryTexts(FUNCTIONS));
        return new ChangingWords(words);
    }

    boolean standIn(String sql) {
        return WORD.matcher(sql)
                .results()
                .anyMatch(word -> words.contains(word.group().toLowerCase(Locale.ROOT)));
    }
}

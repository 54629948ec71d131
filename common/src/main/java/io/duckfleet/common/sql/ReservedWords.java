package io.duckfleet.common.sql;

import java.util.Locale;
import java.util.Set;

/// The words that DuckDB 1.5 reserves (`SELECT keyword_name FROM duckdb_keywords() WHERE keyword_category =
/// 'reserved'`); a test keeps the list true.
final class ReservedWords {

    private static final Set<String> WORDS = Set.of("""
            all analyse analyze and any array as asc asymmetric both case cast check collate column constraint create default deferrable desc
            describe distinct do else end except false fetch for foreign from group having in initially intersect into lambda lateral leading
            limit not null offset on only or order pivot pivot_longer pivot_wider placing primary qualify references returning select show
            some summarize symmetric table then to trailing true union unique unpivot using variadic when where window with
            """.strip().split("\\s+"));

    private ReservedWords() {}

    static boolean contains(String word) {
        return WORDS.contains(word.toLowerCase(Locale.ROOT));
    }

    static Set<String> all() {
        return WORDS;
    }
}

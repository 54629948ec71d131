package io.duckfleet.coordinator.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// A type that is left out can't hold the term: DuckDB is asked whether its text does.
class SearchTermTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'Straße Ünal'::VARCHAR                          | ünal             | true
            'a%b'::VARCHAR                                  | %                | true
            'ab'::VARCHAR                                   | a_               | false
            1234::BIGINT                                    | 23               | true
            1234::BIGINT                                    | x                | false
            -1.5::DECIMAL(9,2)                              | -1.5             | true
            1e300::DOUBLE                                   | E+300            | true
            'nan'::DOUBLE                                   | NaN              | true
            '-inf'::DOUBLE                                  | inf              | true
            true                                            | RU               | true
            DATE '2025-10-02'                               | 2025-10          | true
            TIMESTAMP '2025-10-02 10:11:12'                 | 2025-10-02T10:11 | true
            TIMESTAMPTZ '2025-10-02 10:11:12Z'              | 2025-10-02t10:11:12Z | true
            TIMESTAMPTZ '2025-10-02 10:11:12Z'              | 02T              | true
            'infinity'::DATE                                | FINI             | true
            '0195f1f2-aaaa-7000-8000-00000000000b'::UUID    | AAAA-7           | true
            ['x', 'Needle']                                 | needle           | true
            [{'k': 'Needle'}]                               | needle           | true
            MAP {'k': 'Needle'}                             | needle           | true
            '{"k": "Nee\\"dle"}'::JSON                      | nee"dle          | true
            'ada-1815@X.org'::VARCHAR                       | ADA-1815@x            | true
            'ada-1815#X.org'::VARCHAR                       | ADA-1815@x            | false
            {'k': 'Nee-1-dle'}                              | NEE-1-D               | true
            INTERVAL 3 days                                 | 3 DAYS           | true
            'abc'::BLOB                                     | abc              | true
            """)
    void isFoundInTheTextOfAValue(String value, String term, boolean found) {
        assertThat(isFound(value, term)).isEqualTo(found);
    }

    private boolean isFound(String value, String text) {
        try (DuckDb database = DuckDb.inMemory(DuckDbSettings.in(folder));
                Session session = database.open()) {
            Field field = new Field("x", session.queryText("SELECT typeof(%s)".formatted(value)));
            SearchTerm term = SearchTerm.of(Optional.of(text));
            return term.in(field)
                    .filter(condition -> isTrue(session, value, condition))
                    .isPresent();
        }
    }

    private static boolean isTrue(Session session, String value, Condition condition) {
        String bound = condition.sql();
        for (Map.Entry<String, Object> parameter : condition.parameters().entrySet()) {
            bound = bound.replace(
                    "$" + parameter.getKey(),
                    "'" + parameter.getValue().toString().replace("'", "''") + "'");
        }
        return session.queryText("SELECT %s FROM (SELECT %s AS x)".formatted(bound, value))
                .equals("true");
    }

    @Test
    void isNotLookedForWhereItCannotBe() {
        SearchTerm term = SearchTerm.of(Optional.of("john"));

        assertThat(term.in(new Field("n", "BIGINT"))).isEmpty();
        assertThat(term.in(new Field("t", "TIMESTAMP WITH TIME ZONE"))).isEmpty();
        assertThat(term.in(new Field("d", "DECIMAL(18,3)"))).isEmpty();
        assertThat(term.in(new Field("s", "VARCHAR")))
                .hasValue(Condition.of("contains(lower(s), lower($term))", "term", "john"));
    }

    @Test
    void looksForAPartWithoutCaseFirst() {
        assertThat(SearchTerm.of(Optional.of("Ada-1815@x")).in(new Field("s", "VARCHAR")))
                .hasValue(new Condition(
                        "(contains(s, $part) AND contains(lower(s), lower($term)))",
                        Map.of("part", "-1815@", "term", "Ada-1815@x")));
        assertThat(SearchTerm.of(Optional.of("100%")).in(new Field("s", "VARCHAR")))
                .hasValue(Condition.of("contains(s, $term)", "term", "100%"));
    }

    @Test
    void takesNoOtherCharacterForAPartWithoutCase() {
        try (DuckDb database = DuckDb.inMemory(DuckDbSettings.in(folder));
                Session session = database.open()) {
            assertThat(session.queryLong("""
                            SELECT count(*) FROM range(1, 1114112) t(i), (SELECT chr(i::INTEGER) AS c)
                            WHERE i NOT BETWEEN 55296 AND 57343 AND lower(c) <> c AND regexp_matches(lower(c), '[ -@\\[-`{-~]')
                            """)).isZero();
        }
    }

    @Test
    void mustBeSomething() {
        assertThatThrownBy(() -> SearchTerm.of(Optional.of(""))).isInstanceOf(FleetException.class);
        assertThatThrownBy(() -> SearchTerm.of(Optional.empty())).isInstanceOf(FleetException.class);
    }
}

package io.duckfleet.coordinator.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.TableReference;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallersStatementReaderTest {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    @TempDir
    static Path scratch;

    private static DuckDb parser;

    @BeforeAll
    static void open() {
        parser = DuckDb.inMemory(DuckDbSettings.in(scratch));
    }

    @AfterAll
    static void close() {
        parser.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT ?                          | [5]                 | SELECT  (5)
            SELECT ? ; -- the end             | ["it's"]            | SELECT  ('it''s')
            SELECT $2, $1, $2                 | [1, 2.50]           | SELECT  (2.5) ,  (1) ,  (2.5)
            SELECT -?                         | [-1]                | SELECT - (-1)
            SELECT x IN ? FROM t              | [[1, null, true]]   | SELECT x IN  [1, NULL, true]  FROM t
            SELECT $a + $A                    | {"a": 1e60}         | SELECT  (CAST('1E+60' AS DOUBLE))  +  (CAST('1E+60' AS DOUBLE))
            SELECT '?', "a?", $$?$$, ? -- ?   | [null]              | SELECT '?', "a?", $$?$$,  (NULL)
            SELECT /* ? /* ? */ ? */ $x$?$x$, $n | {"n": ""}        | SELECT /* ? /* ? */ ? */ $x$?$x$,  ('')
            SELECT E'\\'?', ?                 | [100.0]             | SELECT E'\\'?',  (100.0)
            SELECT 1                          | []                  | SELECT 1
            SELECT 1                          | {}                  | SELECT 1
            """)
    void putsValuesWhereTheParametersStand(String sql, String values, String expected) {
        assertThat(read(sql, values).toRun().sql().strip()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'); DROP TABLE t; --",
                "' OR 1=1 --",
                "\\'; SELECT 1",
                "$$",
                "*/ 1 /*",
                "a\nb",
                "?",
                "\uD83E\uDD86",
                "\u2019",
                "'''",
                "\\"
            })
    void takesAnyTextAsNothingButAText(String hostile) {
        String values = MAPPER.createObjectNode().put("v", hostile).toString();
        String sql = read("SELECT $v AS x WHERE $v = $v", values).toRun().sql();

        assertThat(parser.<String>withSession(session -> session.queryText(sql)))
                .isEqualTo(hostile);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT ?, ?          | [1]              | parameters: 2 values were expected for the statement's parameters, there are 1
            SELECT ?             | [1, 2]           | parameters: 1 values were expected for the statement's parameters, there are 2
            SELECT 1             | [1]              | parameters: 0 values were expected for the statement's parameters, there are 1
            SELECT ?, ?          | null             | parameters: the statement has the parameters ?, ?, there are no values for them
            SELECT $n            | null             | parameters: the statement has the parameters $n, there are no values for them
            SELECT $n, $m        | {"n": 1}         | parameters.m: a value was expected for the statement's parameter $m, there is none
            SELECT $n            | {"n": 1, "m": 2} | parameters.m: the statement has no parameter $m
            SELECT $n            | [1]              | parameters: an object was expected, as the statement has the named parameter $n, it is a list
            SELECT ?             | {"n": 1}         | parameters: a list was expected, as the statement has ? or $1, it is an object
            SELECT ?             | [{"a": 1}]       | parameters[0]: a number, text, boolean, null or an array of these was expected, it is an object
            SELECT ?             | [[1, [{}]]]      | parameters[0][1][0]: a number, text, boolean, null or an array of these was expected, it is an object
            SELECT ?             | ["a\\u0000b"]    | parameters[0]: a text without a NUL character was expected
            SELECT 1             | "x"              | parameters: a list (for ? and $1) or an object (for $name) was expected, it is a string
            SELECT $n            | {"n":1, "N":2}   | parameters.N: names that differ in more than case were expected
            """)
    void saysWhichValuesAreMissingOrTooMany(String sql, String values, String message) {
        FleetException error = catchThrowableOfType(FleetException.class, () -> read(sql, values));

        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(error.detail()).isEqualTo(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PIVOT a ON x                                               | a   | true
            PIVOT a ON x USING sum(y) GROUP BY z                       | a   | true
            PIVOT a ON x, concat(y, 'q'), z IN (1) USING sum(y)        | a   | true
            PIVOT a ON (CASE WHEN x IN (1) THEN 2 END)                 | a   | true
            PIVOT a JOIN b ON a.x = b.x ON y USING sum(z)              | a,b | true
            FROM (PIVOT (FROM a WHERE x IN (1)) ON y), b               | a,b | true
            WITH c AS (FROM a) PIVOT c ON x                            | a   | true
            WITH p AS (PIVOT a ON x) SELECT * FROM p, b                | a,b | true
            PIVOT_WIDER a ON x                                         | a   | true
            PIVOT a ON x IN (1, 2)                                     | a   | false
            FROM a PIVOT (sum(y) FOR x IN (1)) JOIN b ON a.x = b.x     | a,b | false
            FROM (FROM a) PIVOT (sum(y) FOR x IN (1))                  | a   | false
            SELECT "pivot" FROM a AS "pivot" JOIN b ON "pivot".x = b.x | a,b | false
            """)
    void readsPivotsWithoutAnInList(String sql, String tables, boolean open) {
        CallersStatement statement = read(sql, "null");

        assertThat(statement.isOpenPivot()).isEqualTo(open);
        assertThat(statement.toRun().sql()).isEqualTo(sql);
        assertThat(statement.select().tables())
                .extracting(TableReference::written)
                .containsExactly(tables.split(","));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            PIVOT read_csv('x') ON y                   | FUNCTION_NOT_ALLOWED | 6
            PIVOT a ON getenv(x) USING sum(y)          | FUNCTION_NOT_ALLOWED | 11
            PIVOT a ON x IN (FROM b)                   | NOT_A_SELECT         |
            PIVOT a ON x USING sleep_ms(5)             | FUNCTION_NOT_ALLOWED | 19
            PIVOT a ON x; DROP TABLE a                 | NOT_A_SELECT         |
            PIVOT a ON "x; DROP TABLE a                | SQL_SYNTAX           | 11
            EXPLAIN SELECT getenv('x')                 | FUNCTION_NOT_ALLOWED | 15
            EXPLAIN EXPLAIN SELECT 1                   | NOT_A_SELECT         |
            EXPLAIN DROP TABLE a                       | NOT_A_SELECT         |
            EXPLAIN (FORMAT graphviz) SELECT 1         | SQL_SYNTAX           | 16
            EXPLAIN (ANALYZE, PLAN) SELECT 1           | SQL_SYNTAX           | 18
            EXPLAIN                                    | NOT_A_SELECT         |
            EXPLAIN ANALYZE SELECT x FROM a WHERE      | SQL_SYNTAX           | 37
            SELECT 'größe' FROM a WHERE WHERE          | SQL_SYNTAX           | 28
            """)
    void refusesAtThePlaceInTheCallersText(String sql, ErrorCode code, Integer position) {
        FleetException error = catchThrowableOfType(FleetException.class, () -> read(sql, "null"));

        assertThat(error.code()).as(error.detail()).isEqualTo(code);
        assertThat(Optional.ofNullable(error.extensions().get("position"))).isEqualTo(Optional.ofNullable(position));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            CREATE MACRO f(x) AS x + 1      | macros can't be made here
            CREATE OR REPLACE TEMP FUNCTION f(x) AS x | macros can't be made here
            INSERT INTO a VALUES (1)        | found INSERT; tables can only be read here
            SET threads = 4                 | found SET; nothing can be set or loaded here
            EXECUTE p(1)                    | send values as "parameters" of the request
            PIVOT a ON x IN (FROM b)        | leave the list out, or write the values
            CHECKPOINT                      | found CHECKPOINT
            """)
    void namesWhatWasFoundInPlaceOfASelect(String sql, String message) {
        assertThat(catchThrowableOfType(FleetException.class, () -> read(sql, "null"))
                        .detail())
                .contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            EXPLAIN SELECT 1                          | false | false
            explain analyze SELECT 1                  | true  | false
            EXPLAIN (ANALYZE, FORMAT JSON) SELECT 1   | true  | true
            EXPLAIN (FORMAT text) SELECT 1            | false | false
            /* x */ EXPLAIN (SELECT 1)                | false | false
            """)
    void takesExplainOff(String sql, boolean analyze, boolean json) {
        CallersStatement statement = read(sql, "null");

        assertThat(statement.explaining()).contains(new Explaining(analyze, json));
        assertThat(statement.toRun().sql()).contains("SELECT 1").doesNotContainIgnoringCase("EXPLAIN");
    }

    @Test
    void leadsErrorsOfTheRunBackToTheCallersText() {
        CallersStatement statement = parser.withSession(session -> CallersStatementReader.read(
                session, "SELECT 'größe', ?, nope", parameters("[\"a long value\"]"), OptionalLong.of(3)));
        FleetException error = catchThrowableOfType(
                FleetException.class,
                () -> parser.<String>withSession(
                        session -> session.queryText(statement.toRun().sql())));

        assertThat(statement.inCallersText(error).extensions()).containsEntry("position", 19);
    }

    private static CallersStatement read(String sql, String values) {
        return parser.withSession(
                session -> CallersStatementReader.read(session, sql, parameters(values), OptionalLong.empty()));
    }

    private static Parameters parameters(String json) {
        try {
            return Parameters.of(MAPPER.readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}

package io.duckfleet.common.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.duckdb.TestDatabase;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.StatementReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ResultsTest {

    private static ScratchDirectory scratch;
    private static DuckDb database;
    private static Results results;

    @BeforeAll
    static void open() {
        scratch = ScratchDirectory.create("test");
        database = TestDatabase.withNumbers(scratch.path());
        results = new Results(scratch);
    }

    @AfterAll
    static void close() {
        database.close();
        scratch.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            42::TINYINT                                | 42
            -9223372036854775808                       | -9223372036854775808
            170141183460469231731687303715884105727    | 170141183460469231731687303715884105727
            18446744073709551615::UBIGINT              | 18446744073709551615
            1.50::DECIMAL(9,2)                         | 1.50
            0.1::DOUBLE                                | 0.1
            'nan'::DOUBLE                              | null
            'infinity'::FLOAT                          | null
            true                                       | true
            NULL                                       | null
            'a"b'                                      | "a\\"b"
            DATE '2026-01-02'                          | "2026-01-02"
            TIME '10:00:00'                            | "10:00:00"
            TIMESTAMP '2026-01-02 03:04:05'            | "2026-01-02T03:04:05"
            TIMESTAMP '2026-01-02 03:04:05.678901'     | "2026-01-02T03:04:05.678901"
            TIMESTAMPTZ '2026-01-02 03:04:05+02'       | "2026-01-02T01:04:05Z"
            INTERVAL 1 DAY                             | "1 day"
            'abc'::BLOB                                | "YWJj"
            [1, NULL, 3]                               | [1,null,3]
            {'a': 1, 'b': [DATE '2026-01-02']}         | {"a":1,"b":["2026-01-02"]}
            {'t': TIMESTAMP '2026-01-02 03:04:05'}     | {"t":"2026-01-02T03:04:05"}
            MAP {'k': 1.5::DOUBLE}                     | {"k":1.5}
            '{"x": [1, 2]}'::JSON                      | {"x": [1, 2]}
            'a'::ENUM('a', 'b')                        | "a"
            '6ba7b810-9dad-11d1-80b4-00c04fd430c8'::UUID | "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
            """)
    void writesEachTypeAsJson(String value, String json) {
        assertThat(write("SELECT " + value + " AS v", ResultFormat.NDJSON)).isEqualTo("{\"v\":" + json + "}\n");
    }

    @Test
    void writesLargeNumbersAsTextWhereThatIsWanted() {
        String line =
                write("SELECT 9007199254740993 AS a, 9007199254740992 AS b", ResultFormat.NDJSON, JsonNumbers.SAFE);

        assertThat(line).isEqualTo("{\"a\":\"9007199254740993\",\"b\":9007199254740992}\n");
    }

    @Test
    void writesADocumentWithItsTail() throws IOException {
        JsonNode document = new ObjectMapper()
                .readTree(write("SELECT n, n + 1 AS n FROM numbers WHERE n < 2 ORDER BY n", ResultFormat.JSON));

        assertThat(document.path("results")).hasToString("[{\"n\":0,\"n_1\":1},{\"n\":1,\"n_1\":2}]");
        assertThat(document.path("columns")).hasToString("[\"n\",\"n_1\"]");
        assertThat(document.path("rows").asLong()).isEqualTo(2);
    }

    @Test
    void writesCsvWithAHeader() {
        assertThat(write("SELECT n, word FROM numbers WHERE n IN (0, 9) ORDER BY n; -- both", ResultFormat.CSV))
                .isEqualTo("n,word\n0,w0\n9,\n");
    }

    @ParameterizedTest
    @EnumSource(ResultFormat.class)
    void writesEveryKindOfSelect(ResultFormat format) {
        assertThat(writeBytes("DESCRIBE numbers", format, JsonNumbers.PLAIN)).isNotEmpty();
        assertThat(writeBytes("SUMMARIZE numbers", format, JsonNumbers.PLAIN)).isNotEmpty();
        assertThat(writeBytes("FROM numbers LIMIT 1", format, JsonNumbers.PLAIN))
                .isNotEmpty();
        assertThat(writeBytes("VALUES (1, 2)", format, JsonNumbers.PLAIN)).isNotEmpty();
        assertThat(writeBytes("WITH w AS (FROM numbers) FROM w -- all", format, JsonNumbers.PLAIN))
                .isNotEmpty();
    }

    @Test
    void writesAnAlignedTable() {
        assertThat(write("SELECT n, word FROM numbers WHERE n IN (0, 9) ORDER BY n", ResultFormat.TEXT))
                .isEqualTo("n  word\n-  ----\n0  w0\n9  NULL\n");
    }

    @Test
    void writesParquetThatReadsBackEqual() throws IOException {
        byte[] parquet = writeBytes("FROM numbers", ResultFormat.PARQUET, JsonNumbers.PLAIN);
        Path file = Files.write(scratch.newFile("copy"), parquet);

        long differences = database.withSession(session -> session.queryLong(
                "SELECT count(*) FROM ((FROM numbers EXCEPT FROM read_parquet('%1$s')) UNION ALL (FROM read_parquet('%1$s') EXCEPT FROM numbers))"
                        .formatted(file)));

        assertThat(differences).isZero();
        Files.delete(file);
    }

    @Test
    void writesAnArrowStream() throws IOException {
        byte[] arrow = writeBytes("SELECT range AS n FROM range(200000)", ResultFormat.ARROW, JsonNumbers.PLAIN);

        long rows = 0;
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(arrow), allocator)) {
            while (reader.loadNextBatch()) {
                rows += reader.getVectorSchemaRoot().getRowCount();
            }
        }

        assertThat(rows).isEqualTo(200_000);
    }

    @ParameterizedTest
    @CsvSource({"JSON", "NDJSON", "CSV", "ARROW", "PARQUET", "TEXT"})
    void leavesNoFileBehind(ResultFormat format) {
        writeBytes("FROM numbers", format, JsonNumbers.PLAIN);

        assertThat(scratch.path()).isEmptyDirectory();
    }

    @Test
    void writesAnEnumAsArrow() throws IOException {
        byte[] arrow = writeBytes(
                "SELECT CASE WHEN range % 2 = 0 THEN 'even' ELSE 'odd' END::ENUM('even', 'odd') AS e FROM range(1000)",
                ResultFormat.ARROW, JsonNumbers.PLAIN);

        long rows = 0;
        try (BufferAllocator allocator = new RootAllocator();
                ArrowStreamReader reader = new ArrowStreamReader(new ByteArrayInputStream(arrow), allocator)) {
            assertThat(reader.getDictionaryVectors()).hasSize(1);
            while (reader.loadNextBatch()) {
                rows += reader.getVectorSchemaRoot().getRowCount();
            }
        }

        assertThat(rows).isEqualTo(1_000);
    }

    @Test
    void keepsTheOrderOverManyBatches() {
        List<String> lines = write("SELECT range AS n FROM range(300000) ORDER BY n DESC", ResultFormat.NDJSON)
                .lines()
                .toList();

        assertThat(lines).hasSize(300_000);
        for (int i = 0; i < lines.size(); i++) {
            assertThat(lines.get(i)).isEqualTo("{\"n\":" + (299_999 - i) + "}");
        }
    }

    @Test
    void tellsTheColumnsOfAnEmptyResult() {
        assertThat(write("SELECT n, word FROM numbers WHERE false", ResultFormat.JSON))
                .isEqualTo("{\"results\":[],\"columns\":[\"n\",\"word\"],\"rows\":0}");
        assertThat(write("SELECT n FROM numbers WHERE false", ResultFormat.CSV)).isEqualTo("n\n");
        assertThat(write("SELECT n FROM numbers WHERE false", ResultFormat.TEXT))
                .isEqualTo("n\n-\n");
        assertThat(write("SELECT n FROM numbers WHERE false", ResultFormat.NDJSON))
                .isEmpty();
    }

    @Test
    void writesStructsWithoutNamesWhileTheyAreFew() {
        assertThat(write("SELECT row(1, 'a') AS v", ResultFormat.NDJSON)).isEqualTo("{\"v\":[1,\"a\"]}\n");
        assertThatThrownBy(() -> write("SELECT row(range, 1) AS v FROM range(10001)", ResultFormat.NDJSON))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("name their fields");
    }

    @ParameterizedTest
    @EnumSource(ResultFormat.class)
    void tellsPositionsInTheCallersText(ResultFormat format) {
        assertThatThrownBy(() -> writeBytes("SELECT nam FROM numbers", format, JsonNumbers.PLAIN))
                .isInstanceOfSatisfying(FleetException.class, error -> {
                    assertThat(error.code()).isEqualTo(ErrorCode.UNKNOWN_COLUMN);
                    assertThat(error.extensions()).containsEntry("position", 7);
                });
    }

    @ParameterizedTest
    @EnumSource(ResultFormat.class)
    void refusesAResultOverItsLimit(ResultFormat format) {
        Results narrow = new Results(scratch, new ResultLimit(100_000));

        assertThatThrownBy(() ->
                        writeBytes(narrow, "SELECT hash(range) AS h FROM range(200000)", format, JsonNumbers.PLAIN))
                .isInstanceOfSatisfying(
                        FleetException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.RESULT_TOO_LARGE));
        assertThat(scratch.path()).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(
            value = ResultFormat.class,
            names = {"CSV", "PARQUET"})
    void stopsAFileThatGrowsWithoutEnd(ResultFormat format) {
        Results narrow = new Results(scratch, new ResultLimit(10_000_000));

        assertThatThrownBy(() -> writeBytes(
                        narrow, "SELECT hash(range) AS h FROM range(1000000000000)", format, JsonNumbers.PLAIN))
                .isInstanceOfSatisfying(
                        FleetException.class, error -> assertThat(error.code()).isEqualTo(ErrorCode.RESULT_TOO_LARGE));
        assertThat(scratch.path()).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(
            value = ResultFormat.class,
            names = {"JSON", "NDJSON", "ARROW", "TEXT"})
    void failsAloneWhenAResultIsLargerThanMemory(ResultFormat format) {
        DuckDbSettings small = DuckDbSettings.in(scratch.path().resolve("spill"))
                .withMemoryLimit(Optional.of("200MB"))
                .withMaxSpill(100_000_000);
        try (DuckDb tight = DuckDb.inMemory(small);
                Session session = tight.open()) {
            tight.lock(List.of());
            assertThatThrownBy(() -> results.run(
                            session,
                            StatementReader.read(session, "SELECT range AS a, range AS b FROM range(100000000000)"),
                            format,
                            JsonNumbers.PLAIN,
                            (json, columns, rows) -> {}))
                    .isInstanceOfSatisfying(
                            FleetException.class,
                            error -> assertThat(error.code()).isEqualTo(ErrorCode.MEMORY_LIMIT));
            long alive = tight.withSession(next -> next.queryLong("SELECT 1"));
            assertThat(alive).isEqualTo(1);
        }
    }

    private static String write(String sql, ResultFormat format) {
        return write(sql, format, JsonNumbers.PLAIN);
    }

    private static String write(String sql, ResultFormat format, JsonNumbers numbers) {
        return new String(writeBytes(sql, format, numbers), StandardCharsets.UTF_8);
    }

    private static byte[] writeBytes(String sql, ResultFormat format, JsonNumbers numbers) {
        return writeBytes(results, sql, format, numbers);
    }

    private static byte[] writeBytes(Results results, String sql, ResultFormat format, JsonNumbers numbers) {
        try (Session session = database.open();
                ReadyResult result = results.run(
                        session,
                        StatementReader.read(session, sql),
                        format,
                        numbers,
                        (json, columns, rows) -> json.writeNumberField("rows", rows))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            result.writeTo(out);
            return out.toByteArray();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}

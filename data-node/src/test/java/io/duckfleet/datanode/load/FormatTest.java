package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.duckfleet.datanode.load.CsvFixture.Content;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FormatTest {

    private static final String ROWS = """
            SELECT i::BIGINT AS id, 'name "' || i || '"' AS name, i / 4.0 AS amount,
              CASE WHEN i % 3 = 0 THEN NULL ELSE DATE '2024-01-01' + (i % 300)::INTEGER END AS day
            FROM range(10000) t(i)""";

    private CsvFixture files;

    @BeforeAll
    void start() {
        files = new CsvFixture();
    }

    @AfterAll
    void stop() {
        files.close();
    }

    static Stream<Arguments> formats() {
        return Stream.of(
                Arguments.of("data.csv", "FORMAT csv, HEADER"),
                Arguments.of("data.csv.gz", "FORMAT csv, HEADER, COMPRESSION gzip"),
                Arguments.of("data.csv.zst", "FORMAT csv, HEADER, COMPRESSION zstd"),
                Arguments.of("data.tsv", "FORMAT csv, HEADER, DELIMITER '\t'"),
                Arguments.of("data.parquet", "FORMAT parquet"),
                Arguments.of("small-groups.parquet", "FORMAT parquet, ROW_GROUP_SIZE 2048, COMPRESSION zstd"),
                Arguments.of("data.jsonl", "FORMAT json"),
                Arguments.of("data.jsonl.gz", "FORMAT json, COMPRESSION gzip"),
                Arguments.of("data.jsonl.zst", "FORMAT json, COMPRESSION zstd"),
                Arguments.of("data.json", "FORMAT json, ARRAY"),
                Arguments.of("data.json.gz", "FORMAT json, ARRAY, COMPRESSION gzip"),
                Arguments.of("json-called.csv", "FORMAT json"),
                Arguments.of("parquet-called.json", "FORMAT parquet"),
                Arguments.of("csv-called.parquet", "FORMAT csv, HEADER"),
                Arguments.of("gzip-called.csv", "FORMAT csv, HEADER, COMPRESSION gzip"),
                Arguments.of("no-extension", "FORMAT json, COMPRESSION zstd"));
    }

    @ParameterizedTest
    @MethodSource("formats")
    void loadsEveryFormatByItsContent(String name, String options) {
        String url = files.server().put(name, files.written(ROWS, options));

        Content loaded = files.loaded(CsvFixture.request(url));

        assertThat(loaded.rows()).hasSize(10_000).isEqualTo(files.query(ROWS).rows());
    }

    static Stream<Arguments> ambiguous() {
        return Stream.of(
                Arguments.of("1\n2\n3\n", "a.csv", FileFormat.CSV),
                Arguments.of("1\n2\n3\n", "a.json", FileFormat.JSON),
                Arguments.of("{\"a\":1},x\n{\"a\":2},y\n", "a.csv", FileFormat.CSV),
                Arguments.of("[1,2]\n", "a.json", FileFormat.JSON),
                Arguments.of("[1;2]\n", "a.csv", FileFormat.CSV),
                Arguments.of("  \n {\"a\":1}\n", "a.txt", FileFormat.JSON),
                Arguments.of("[{\"a\":1}]", "a.csv", FileFormat.JSON),
                Arguments.of("a,b\n1,2\n", "a.json", FileFormat.CSV),
                Arguments.of("{\"a\":", "a.json", FileFormat.JSON),
                Arguments.of("\"a\",\"b\"\n", "a.csv", FileFormat.CSV));
    }

    @ParameterizedTest
    @MethodSource("ambiguous")
    void tellsFormatsApart(String text, String name, FileFormat expected) {
        assertThat(FormatDetection.of(CsvFixture.utf8(text), name)).isEqualTo(expected);
        assertThat(FormatDetection.of(CsvFixture.gzip(CsvFixture.utf8(text)), name + ".gz"))
                .isEqualTo(expected);
        assertThat(FormatDetection.of(Zstd.compress(CsvFixture.utf8(text)), name + ".zst"))
                .isEqualTo(expected);
    }

    @Test
    void takesFieldsOfJsonThatComeLate() {
        String lines = "{\"a\":1}\n".repeat(40_000) + "{\"a\":2.5,\"b\":\"late\"}\n";
        String url = files.server().put("late.jsonl", CsvFixture.utf8(lines));

        Content loaded = files.loaded(CsvFixture.request(url));

        assertThat(loaded.columns()).containsExactly("a DOUBLE", "b VARCHAR");
        assertThat(loaded.rows()).hasSize(40_001);
        assertThat(loaded.rows().getLast()).containsExactly(2.5, "late");
    }

    @Test
    void tellsAFileThatIsBroken() {
        String broken = files.server().put("broken.json", CsvFixture.utf8("{\"a\":1}\n{\"a\":"));
        byte[] parquet = files.written(ROWS, "FORMAT parquet");
        String cut = files.server().put("cut.parquet", Arrays.copyOf(parquet, 1_000));

        assertThatThrownBy(() -> files.loaded(CsvFixture.request(broken)))
                .isInstanceOf(LoadException.class)
                .hasMessageStartingWith("s3://files/broken.json can't be read:")
                .hasMessageNotContaining("/tmp")
                .hasMessageNotContaining("/dev/shm");
        assertThatThrownBy(() -> files.loaded(CsvFixture.request(cut)))
                .isInstanceOf(LoadException.class)
                .hasMessageStartingWith("s3://files/cut.parquet can't be read:");
    }
}

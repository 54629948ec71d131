package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.datanode.load.CsvFixture.Content;
import io.duckfleet.datanode.table.LoadedTables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableLoaderTest {

    /// More than DuckDB's sniffer looks at.
    private static final int ROWS = 25_000;

    private CsvFixture files;

    @BeforeAll
    void start() {
        files = new CsvFixture();
    }

    @AfterAll
    void stop() {
        files.close();
    }

    static Stream<Named<String>> texts() {
        return Stream.of(
                Named.of("plain", "a,b\n1,x\n2,y\n"),
                Named.of("CRLF", "a,b\r\n1,x\r\n2,y\r\n"),
                Named.of("BOM", "\uFEFFa,b\n1,x\n2,y\n"),
                Named.of("semicolons", "a;b\n1;x,1\n2;y,2\n"),
                Named.of("tabs", "a\tb\n1\tx\n2\ty\n"),
                Named.of("pipes", "a|b\n1|x\n2|y\n"),
                Named.of("no line end at the end", "a,b\n1,x\n2,y"),
                Named.of("no header", "1,2.5,x\n2,3.5,y\n"),
                Named.of("header only", "a,b,c\n"),
                Named.of("one column", "a\n1\n2\n\n3\n"),
                Named.of("nulls", "a,b,c\n1,,x\n,2,\n,,\n"),
                Named.of("quoted line breaks", "a,b\n1,\"x\ny\"\n2,\"p\r\nq\"\n"),
                Named.of("doubled quotes", "a,b\n1,\"say \"\"hi\"\"\"\n2,\"\"\n"),
                Named.of("apostrophes as quotes", "a,b\n1,'x,y'\n2,'z''s'\n3,'q,w'\n"),
                Named.of("names that repeat or are odd", "a,a,select,\"x y\",\n1,2,3,4,5\n"),
                Named.of(
                        "dates and times",
                        "d,t,z\n2024-01-31,2024-01-31 10:00:00,10:30:00\n2023-02-01,2024-02-01 11:00:00,11:00:00\n"),
                Named.of("other dates", "d\n31/01/2024\n28/02/2024\n"),
                Named.of("comments before the header", "# made by hand\n# twice\na,b\n1,2\n3,4\n"),
                Named.of("booleans and large numbers", "p,n\ntrue,9223372036854775807\nfalse,9223372036854775808\n"),
                Named.of("Unicode", "stadt,größe\nKöln,1\n東京,2\n🦆,3\n"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void loadsWhatDuckDbReads(String text) {
        byte[] file = CsvFixture.utf8(text);

        Content loaded = files.loaded(file);

        assertThat(loaded).isEqualTo(files.readByDuckDb(file, ""));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void loadsWhatDuckDbReadsFromGzip(String text) {
        byte[] file = CsvFixture.gzip(CsvFixture.utf8(text));

        Content loaded = files.loaded(file);

        assertThat(loaded).isEqualTo(files.readByDuckDb(file, ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n"})
    void cutsFilesOfManyChunksWithoutChangingThem(String lineEnd) {
        byte[] file = CsvFixture.gzip(CsvFixture.utf8(manyRows(lineEnd)));

        Content loaded = files.loaded(file);

        assertThat(loaded.rows()).hasSize(ROWS);
        assertThat(loaded).isEqualTo(files.readByDuckDb(file, ""));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void loadsGeneratedFilesAsDuckDbDoes(long seed) {
        byte[] file = CsvFixture.utf8(new GeneratedCsv(new Random(seed)).text(30_000));

        Content loaded = files.loaded(file);

        assertThat(loaded).isEqualTo(files.readByDuckDb(file, ""));
    }

    @Test
    void readsMembersOfGzipThatFollowOneAnother() throws IOException {
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        members.write(CsvFixture.gzip(CsvFixture.utf8("a,b\n1,x\n")));
        members.write(CsvFixture.gzip(CsvFixture.utf8("2,y\n")));
        members.write(CsvFixture.gzip(CsvFixture.utf8("3,z\n")));

        Content loaded = files.loaded(members.toByteArray());

        assertThat(loaded).isEqualTo(files.readByDuckDb(CsvFixture.utf8("a,b\n1,x\n2,y\n3,z\n"), ""));
    }

    @Test
    void takesTheWiderTypeWhenALateValueDoesntFit() {
        String late =
                IntStream.range(0, ROWS).mapToObj(i -> i + "," + i).collect(Collectors.joining("\n", "a,b\n", "\n"));
        byte[] file = CsvFixture.utf8(late + "x,2.5\n");

        Content loaded = files.loaded(file);

        assertThat(loaded.columns()).containsExactly("a VARCHAR", "b DOUBLE");
        assertThat(loaded).isEqualTo(files.readByDuckDb(file, ", sample_size = -1"));
    }

    /// Values that DuckDB casts without an error to the type that the first rows have.
    @ParameterizedTest
    @CsvSource({
        "1, 2.5",
        "1, 007",
        "1, +7",
        "1, 1e3",
        "1, 1_000",
        "1.5, 007",
        "1.5, +7",
        "1.5, 1_000",
        "true, 1",
        "true, 0",
        "10:00:00, 2024-01-31 10:00:00",
        "10:00:00, epoch",
        "2024-01-31, epoch",
        "2024-01-31, 2024-01-31 10:00:00",
        "x, \"quoted\"",
        "x, 'single'",
        "'', 5",
        "'', 2024-01-31",
        "'', true",
        "'', late"
    })
    void decidesByAllRowsAsDuckDbCan(String early, String late) {
        byte[] file = CsvFixture.utf8("a,b\n" + (early + ",q\n").repeat(ROWS) + late + ",q\n");

        Content loaded = files.loaded(file);

        Content expected = files.readByDuckDb(file, ", sample_size = -1");
        assertThat(loaded.columns()).isEqualTo(expected.columns());
        assertThat(loaded.rows().getLast()).isEqualTo(expected.rows().getLast());
    }

    @Test
    void loadsAnObjectOfManyRanges() {
        byte[] file = CsvFixture.utf8(("id,text\n" + "1234567,abcdefghijklmnopqrstuvwxyz\n".repeat(400_000)));
        assertThat(file.length).isGreaterThan(3 * RangedDownload.PART_BYTES);

        try (LoadedTables tables = files.load(files.server().put("ranges.csv", file))) {
            assertThat(tables.rowCount()).isEqualTo(400_000);
            assertThat(tables.sizeBytes()).isPositive();
            assertThat(tables.first().statistics().getFirst().min()).contains("1234567");
        }
    }

    @Test
    void leavesNothingBehindInTheScratchFolder() throws IOException {
        files.loaded(CsvFixture.gzip(CsvFixture.utf8(manyRows("\n"))));

        try (Stream<Path> left = Files.list(files.scratch().path())) {
            assertThat(left).isEmpty();
        }
    }

    private static String manyRows(String lineEnd) {
        return IntStream.range(0, ROWS)
                .mapToObj(i -> i % 7 == 0
                        ? "%d,\"line one%sline \"\"%d\"\", two\",%d.5".formatted(i, lineEnd, i, i)
                        : "%d,plain %d,%d.25".formatted(i, i, i))
                .collect(Collectors.joining(lineEnd, "id,text,amount" + lineEnd, lineEnd));
    }
}

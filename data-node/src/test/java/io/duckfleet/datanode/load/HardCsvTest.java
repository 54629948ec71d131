package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.datanode.load.CsvFixture.Content;
import io.duckfleet.datanode.table.LoadedTables;
import io.duckfleet.datanode.table.TableColumn;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Files that are hard to read, each against DuckDB's own reader that looks at all rows.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HardCsvTest {

    private CsvFixture files;

    @BeforeAll
    void start() {
        files = new CsvFixture();
    }

    @AfterAll
    void stop() {
        files.close();
    }

    @Test
    void widensATypeAfterAMillionRows() {
        String text = IntStream.range(0, 1_000_001)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining("\n", "a\n", "\n"));
        byte[] file = CsvFixture.gzip(CsvFixture.utf8(text + "2.5\n"));

        try (LoadedTables loaded = files.load(files.server().put("late.csv.gz", file))) {
            assertThat(loaded.first().columns()).containsExactly(new TableColumn("a", "DOUBLE"));
            assertThat(loaded.rowCount()).isEqualTo(1_000_002);
            List<String> last = loaded.database()
                    .withSession(session -> session.queryTexts("SELECT a FROM loaded WHERE rowid = 1000001"));
            assertThat(last).containsExactly("2.5");
        }
    }

    @Test
    void readsTenThousandColumns() {
        String names = IntStream.range(0, 10_000).mapToObj(i -> "c" + i).collect(Collectors.joining(",", "", "\n"));
        String values =
                IntStream.range(0, 10_000).mapToObj(Integer::toString).collect(Collectors.joining(",", "", "\n"));
        byte[] file = CsvFixture.utf8(names + values + values);

        Content loaded = files.loaded(file);

        assertThat(loaded).isEqualTo(files.readByDuckDb(file, ""));
    }

    @Test
    void readsAFieldOfAMebibyte() {
        String large = "x".repeat(1 << 20);
        byte[] file = CsvFixture.utf8("a,b\n1,\"" + large + "\"\n" + "2,y\n".repeat(5_000));

        Content loaded = files.loaded(file);

        assertThat(loaded.rows()).hasSize(5_001);
        assertThat(loaded.rows().getFirst()).containsExactly(1L, large);
    }

    @Test
    void tellsWhatHelpsWithRaggedLines() {
        byte[] file = CsvFixture.utf8("a,b,c\n" + "1,2,3\n".repeat(40_000) + "4,5\n" + "1,2,3\n".repeat(10));
        String url = files.server().put("ragged.csv", file);

        assertThatThrownBy(() -> files.loaded(CsvFixture.request(url)))
                .isInstanceOf(LoadException.class)
                .hasMessageStartingWith("s3://files/ragged.csv can't be read:")
                .hasMessageContaining("--option null_padding=true");
    }

    @Test
    void tellsTextThatIsNoUnicodeAndWhatHelps() {
        byte[] file = {'a', ',', 'b', '\n', (byte) 0xe4, ',', '1', '\n'};

        assertThatThrownBy(() -> files.loaded(CsvFixture.request(files.server().put("latin1.csv", file))))
                .isInstanceOf(LoadException.class)
                .hasMessageContaining("--option encoding=latin-1");
    }
}

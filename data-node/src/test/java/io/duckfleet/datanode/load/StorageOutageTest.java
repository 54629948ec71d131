package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.datanode.table.LoadProgress;
import io.duckfleet.datanode.table.LoadedTables;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The S3 server dies while a file is loaded, with all that it is sending, and comes back.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StorageOutageTest {

    /// More ranges than are fetched ahead, so that some are asked for after each outage.
    private static final String ROWS = """
            SELECT range AS id, md5(range::VARCHAR) AS one, md5((range + 7)::VARCHAR) AS two, range % 97 / 4 AS amount
            FROM range(1000000)""";

    private static final String DIGEST = "SELECT count(*) || ' ' || sum(hash(rowid, id, one, two, amount)) FROM loaded";

    private CsvFixture files;

    @BeforeAll
    void start() {
        files = new CsvFixture();
    }

    @AfterAll
    void stop() {
        files.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FORMAT csv, COMPRESSION gzip", "FORMAT csv", "FORMAT parquet"})
    void endsRightAndEqual(String options) {
        String url = files.server().put("large", files.written(ROWS, options));
        String undisturbed = digest(LoadMeter.silent(), url);
        List<Double> outages = new ArrayList<>();

        String disturbed = digest(new LoadMeter(progress -> breakOff(progress, outages)), url);

        assertThat(disturbed).isEqualTo(undisturbed);
        assertThat(outages).hasSize(3).allMatch(fraction -> fraction < 1);
    }

    /// On the thread that waits for the next range, so that no outage comes too late.
    private synchronized void breakOff(LoadProgress progress, List<Double> outages) {
        if (outages.size() < 3 && progress.fraction() > 0.2 * outages.size()) {
            outages.add(progress.fraction());
            files.server().pause();
            files.server().resume();
        }
    }

    private String digest(LoadMeter meter, String url) {
        TableLoader loader = new TableLoader(
                files.client(), DuckDbSettings.in(files.scratch().path()), files.scratch(), Clock.systemUTC());
        try (LoadedTables tables = loader.load(LoadRequests.of(CsvFixture.request(url)), meter)) {
            return tables.database()
                    .withSession(session -> session.queryTexts(DIGEST).getFirst());
        }
    }
}

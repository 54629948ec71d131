package io.duckfleet.datanode.load;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.datanode.S3Server;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.s3.S3Client;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoadFailureTest {

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
    void tellsAMissingObject() {
        assertThatThrownBy(() -> files.load("s3://files/missing.csv"))
                .isInstanceOf(LoadException.class)
                .hasMessage("s3://files/missing.csv doesn't exist; check the bucket and the key");
    }

    @Test
    void tellsAMissingBucket() {
        assertThatThrownBy(() -> files.load("s3://no-such-bucket/a.csv"))
                .hasMessage("the bucket \"no-such-bucket\" doesn't exist");
    }

    @Test
    void tellsDeniedAccess() {
        String url = files.server().put("denied.csv", CsvFixture.utf8("a\n1\n"));

        assertThatThrownBy(() -> loadWith(S3Server.client(files.server().endpoint(), "wrong"), url))
                .hasMessageStartingWith("access to s3://files/denied.csv is denied");
    }

    @Test
    void tellsAServerThatIsAway() {
        URI nobody = URI.create("http://127.0.0.1:1");

        assertThatThrownBy(() -> loadWith(S3Server.client(nobody, S3Server.SECRET_KEY), "s3://files/a.csv"))
                .hasMessageStartingWith("S3 can't be reached for s3://files/a.csv");
    }

    @Test
    void tellsAnEmptyFile() {
        String url = files.server().put("empty.csv", new byte[0]);

        assertThatThrownBy(() -> files.load(url))
                .hasMessage("s3://files/empty.csv is empty; a CSV, JSON or Parquet file was expected");
    }

    @Test
    void tellsAnEmptyFileInGzip() {
        String url = files.server().put("empty.csv.gz", CsvFixture.gzip(new byte[0]));

        assertThatThrownBy(() -> files.load(url))
                .hasMessage("s3://files/empty.csv.gz is empty; a CSV, JSON or Parquet file was expected");
    }

    @Test
    void tellsGzipThatEndsEarly() {
        byte[] whole = CsvFixture.gzip(CsvFixture.utf8("a,b\n1,2\n".repeat(1_000)));
        String url = files.server().put("cut.csv.gz", Arrays.copyOf(whole, whole.length / 2));

        assertThatThrownBy(() -> files.load(url)).hasMessageStartingWith("s3://files/cut.csv.gz is broken:");
    }

    @Test
    void tellsTextThatIsNoUnicode() {
        byte[] latin1 = {'a', ',', 'b', '\n', (byte) 0xe4, ',', '1', '\n'};
        String url = files.server().put("latin1.csv", latin1);

        assertThatThrownBy(() -> files.load(url)).hasMessageStartingWith("s3://files/latin1.csv can't be read:");
    }

    private void loadWith(S3Client client, String url) {
        try (client) {
            TableLoader loader = new TableLoader(
                    client, DuckDbSettings.in(files.scratch().path()), files.scratch(), Clock.systemUTC());
            LoadRequest request = LoadRequest.of(ObjectPattern.parse(url), new TableName("t"));
            loader.load(LoadRequests.of(request), LoadMeter.silent()).close();
        }
    }
}

package io.duckfleet.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.lake.LakeAttachment;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// A record of a random id is found in the one file that may have it, and whatever has happened to the files
/// and columns since the coordinator learnt what these hold.
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FileFiltersIT {

    private static final int FILES = 5;
    private static final int EACH = 12_000;
    private static final String LEFT_OUT = "duckfleet_coordinator_files_left_out_total";
    private static final String FILTERS = "duckfleet_coordinator_file_filters";

    @RegisterExtension
    static final RunningFleet fleet = new RunningFleet();

    @TempDir
    static Path spill;

    private static OwnLake lake;
    private static DuckDb writer;

    @BeforeAll
    static void start() {
        lake = OwnLake.start(fleet, "filefilters", Map.of());
        writer = DuckDb.inMemory(DuckDbSettings.in(spill));
        writer.withSession(session -> {
            LakeAttachment.readWrite(session, lake.settings());
            return true;
        });
        for (String table : List.of("users", "files")) {
            write("CREATE TABLE lake.data.%s (record_id VARCHAR, other VARCHAR, n BIGINT, ingested_at TIMESTAMPTZ%s)"
                    .formatted(table, table.equals("files") ? ", filename VARCHAR" : ""));
        }
        for (int file = 0; file < FILES; file++) {
            insert("users", "md5(n::VARCHAR), sha1(n::VARCHAR), n, TIMESTAMPTZ '2026-01-01 00:00:00Z'", file);
            insert("files", "md5(n::VARCHAR), NULL, n, TIMESTAMPTZ '2026-01-01 00:00:00Z', 'a' || n", file);
        }
    }

    @AfterAll
    static void stop() {
        writer.close();
        lake.close();
    }

    private static void insert(String table, String values, int file) {
        write("INSERT INTO lake.data.%s SELECT %s FROM range(%d, %d) r(n)"
                .formatted(table, values, file * EACH, (file + 1) * EACH));
    }

    private static void write(String sql) {
        writer.withSession(session -> {
            session.execute(sql);
            return true;
        });
    }

    private static String md5(long n) {
        return text("SELECT md5((%d)::VARCHAR)".formatted(n));
    }

    private static String text(String sql) {
        try (Session session = writer.open()) {
            return session.queryText(sql);
        }
    }

    private static HttpResponse<String> lookUp(String id, String table) {
        return Http.get(lake.at("/query/id/%s?table=%s".formatted(id, table)));
    }

    private static void requireFound(String id, String table, long n) {
        HttpResponse<String> answer = lookUp(id, table);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode data = Json.read(answer.body()).path("data");
        assertThat(data).hasSize(1);
        assertThat(data.path(0).path("n").asLong()).isEqualTo(n);
    }

    private static double metric(String name) {
        return lake.coordinator().metric(name);
    }

    private static void awaitFilters(int count) {
        Await.until("there are %d filters".formatted(count), () -> {
            lookUp(md5(0), "users");
            return metric(FILTERS) == count;
        });
    }

    @Test
    @Order(1)
    void readsTheFileThatMayHaveIt() {
        requireFound(md5(1), "users", 1);
        awaitFilters(FILES);

        for (int n = 0; n < FILES * EACH; n += 5_003) {
            double before = metric(LEFT_OUT);
            requireFound(md5(n), "users", n);
            assertThat(metric(LEFT_OUT) - before).as("files left out").isBetween(FILES - 2.0, FILES - 1.0);
        }
        assertThat(lookUp(md5(-1), "users").statusCode()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void tellsTheStatementThatWasAsked() {
        assertThat(lake.get("/query/id/%s?table=users".formatted(md5(1)))
                        .path("query")
                        .asText())
                .isEqualTo(
                        "SELECT * FROM lake.data.\"users\" WHERE \"record_id\" = $id ORDER BY \"ingested_at\" DESC NULLS LAST LIMIT $limit");
    }

    @Test
    @Order(3)
    void findsAmongAllTables() {
        requireFound(md5(2), "all_records", 2);
        assertThat(lookUp(md5(-2), "all_records").statusCode()).isEqualTo(404);
    }

    /// Such a column hides DuckLake's own of that name, by which files are left out.
    @Test
    @Order(4)
    void findsInATableWithAColumnCalledFilename() {
        double before = metric(FILTERS);
        requireFound(md5(3), "files", 3);
        requireFound(md5(3L + EACH), "files", 3 + EACH);
        assertThat(metric(FILTERS)).isEqualTo(before);
    }

    @Test
    @Order(5)
    void findsWhatCameSince() {
        insert("users", "md5((-n - 1)::VARCHAR), NULL, -n - 1, TIMESTAMPTZ '2026-01-02 00:00:00Z'", 0);

        requireFound(md5(-1), "users", -1);
        awaitFilters(FILES + 1);
        requireFound(md5(-1), "users", -1);
    }

    @Test
    @Order(6)
    void findsTheNewestOfOneId() {
        write("INSERT INTO lake.data.users VALUES ('%s', NULL, 1000000, TIMESTAMPTZ '2026-01-03 00:00:00Z')"
                .formatted(md5(7)));

        requireFound(md5(7), "users", 1_000_000);
    }

    @Test
    @Order(7)
    void doesNotFindWhatWasDeleted() {
        write("DELETE FROM lake.data.users WHERE n = 8");

        assertThat(lookUp(md5(8), "users").statusCode()).isEqualTo(404);
    }

    /// The file with a deleted record stays.
    @Test
    @Order(8)
    void findsWhatWasMoved() {
        write("CALL ducklake_merge_adjacent_files('lake')");
        assertThat(text("SELECT count(*) FROM ducklake_list_files('lake', 'users', schema => 'data')"))
                .isEqualTo("2");

        for (int n = 10; n < FILES * EACH; n += 15_001) {
            requireFound(md5(n), "users", n);
        }
    }

    /// The files' values of the column that has the name now aren't those that were looked at.
    @Test
    @Order(9)
    void findsInAColumnThatTookOverTheName() {
        insert("users", "md5((n + 5000000)::VARCHAR), sha1((n + 5000000)::VARCHAR), n + 5000000, now()", 0);
        Await.until("the new files have filters, too", () -> {
            lookUp(md5(0), "users");
            return metric(FILTERS) == 3;
        });
        write("ALTER TABLE lake.data.users RENAME COLUMN record_id TO before");
        write("ALTER TABLE lake.data.users RENAME COLUMN other TO record_id");

        requireFound(text("SELECT sha1('20')"), "users", 20);
        requireFound(text("SELECT sha1('5000020')"), "users", 5_000_020);
        assertThat(lookUp(md5(20), "users").statusCode()).isEqualTo(404);
    }
}

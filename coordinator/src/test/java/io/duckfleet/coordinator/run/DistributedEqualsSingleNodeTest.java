package io.duckfleet.coordinator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import io.duckfleet.coordinator.plan.Adviser;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.FleetSchema;
import io.duckfleet.coordinator.plan.PlanNode.LocalQuery;
import io.duckfleet.coordinator.plan.Planner;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Planning, fetching and joining against the oracle: one DuckDB that has all the tables.
class DistributedEqualsSingleNodeTest {

    private static final List<String> TABLES = List.of("airports", "airlines", "routes");

    private static ScratchDirectory scratch;
    private static DuckDb oracle;
    private static DuckDb local;
    private static Adviser adviser;
    private static ExecutorService threads;
    private static FragmentFetch fetch;

    @BeforeAll
    static void open() {
        scratch = ScratchDirectory.create("test");
        oracle = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));
        local = DuckDb.inMemory(DuckDbSettings.in(scratch.path()));
        Path samples = Path.of(System.getProperty("duckfleet.root"), "samples");
        List<TableShape> shapes = oracle.withSession(session -> TABLES.stream()
                .map(table -> load(session, table, samples.resolve(table + ".csv.gz")))
                .toList());
        adviser = new Adviser(new FleetSchema(shapes), DuckDbSettings.in(scratch.path()));
        local.lock(List.of(scratch.path() + "/"));
        threads = Executors.newVirtualThreadPerTaskExecutor();
        fetch = new FragmentFetch(new OracleFragments(oracle), scratch, threads, 8);
    }

    @AfterAll
    static void close() {
        threads.close();
        adviser.close();
        local.close();
        oracle.close();
        scratch.close();
    }

    static Stream<String> queries() throws IOException {
        try (InputStream file = DistributedEqualsSingleNodeTest.class.getResourceAsStream("/queries/openflights.sql")) {
            String text = new String(file.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.replaceAll("(?m)^--.*$", "").split(";\\s*\\n"))
                    .map(String::strip)
                    .filter(sql -> !sql.isEmpty());
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void givesWhatOneDuckDbGives(String sql) {
        List<String> expected =
                sorted(oracle.withSession(session -> session.query(sql, DistributedEqualsSingleNodeTest::rows)));

        List<String> answer = sorted(distributed(sql));

        assertThat(answer).isEqualTo(expected);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void leavesNoFileBehind(String sql) {
        distributed(sql);

        assertThat(scratch.path()).isEmptyDirectory();
    }

    private static List<String> distributed(String sql) {
        try (Session session = local.open()) {
            SelectStatement statement = StatementReader.read(session, sql);
            LocalQuery plan = Planner.plan(statement, adviser, session);
            QueryTables.create(session, plan, fetch.fetchAll(plan.fragments(), Deadline.in(Duration.ofSeconds(30))));
            return session.query(sql, DistributedEqualsSingleNodeTest::rows);
        }
    }

    private static TableShape load(Session session, String table, Path file) {
        session.execute("CREATE TABLE %s AS FROM read_csv(%s)"
                .formatted(Identifiers.quote(table), Identifiers.literal(file.toString())));
        List<Column> columns = session.query(
                "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ? ORDER BY column_index",
                rows -> {
                    List<Column> read = new ArrayList<>();
                    while (rows.next()) {
                        read.add(new Column(rows.getString(1), rows.getString(2)));
                    }
                    return read;
                },
                table);
        return new TableShape(table, Home.NODE, columns, "1");
    }

    /// Names and types of the columns first, then each row as a text.
    private static List<String> rows(ResultSet rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        StringBuilder header = new StringBuilder();
        int columns = rows.getMetaData().getColumnCount();
        for (int i = 1; i <= columns; i++) {
            header.append(rows.getMetaData().getColumnLabel(i))
                    .append(' ')
                    .append(rows.getMetaData().getColumnTypeName(i))
                    .append('|');
        }
        texts.add(header.toString());
        while (rows.next()) {
            StringBuilder row = new StringBuilder();
            for (int i = 1; i <= columns; i++) {
                row.append(rows.getObject(i)).append('|');
            }
            texts.add(row.toString());
        }
        return texts;
    }

    private static List<String> sorted(List<String> rows) {
        return rows.stream().sorted().toList();
    }
}

package io.duckfleet.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.errors.ErrorCode;
import io.duckfleet.common.errors.FleetException;
import io.duckfleet.common.statement.StatementReader;
import io.duckfleet.coordinator.plan.TableShape.Home;
import io.duckfleet.coordinator.statement.CallersStatementReader;
import io.duckfleet.coordinator.statement.Parameters;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {

    private static final TableShape ROUTES = table(
            "routes",
            Home.NODE,
            new Column("airline", "VARCHAR"),
            new Column("airline_id", "BIGINT"),
            new Column("stops", "BIGINT"),
            new Column("day", "DATE"),
            new Column("price", "DECIMAL(9,2)"),
            new Column("we ird", "INTEGER"),
            new Column("s", "VARCHAR"),
            new Column("st", "STRUCT(a INTEGER, b VARCHAR)"),
            new Column("st.a", "INTEGER"));

    private static final TableShape AIRLINES = table(
            "airlines",
            Home.NODE,
            new Column("airline_id", "BIGINT"),
            new Column("name", "VARCHAR"),
            new Column("country", "VARCHAR"));

    private static final TableShape TRIPS =
            table("trips", Home.LAKE, new Column("airline_id", "BIGINT"), new Column("fare", "DOUBLE"));

    @TempDir
    static Path scratch;

    private static Adviser adviser;
    private static DuckDb parser;

    @BeforeAll
    static void open() {
        adviser = new Adviser(
                new FleetSchema(List.of(ROUTES, AIRLINES, TRIPS)),
                DuckDbSettings.in(scratch),
                _ -> false,
                NodeWork.ROWS);
        parser = DuckDb.inMemory(DuckDbSettings.in(scratch));
    }

    @AfterAll
    static void close() {
        adviser.close();
        parser.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT name FROM airlines                                           | fragment airlines [name]
            SELECT count(*) FROM airlines                                       | fragment airlines []
            SELECT * FROM airlines WHERE country = 'France'                     | fragment airlines [*] where "country" = 'France'
            SELECT name FROM airlines WHERE airline_id IN (1, 100, 7)           | fragment airlines [airline_id, name] where "airline_id" IN (1, 7, 100)
            SELECT name FROM airlines WHERE name LIKE '%x%'                     | fragment airlines [name] where contains("name", 'x')
            SELECT name FROM airlines WHERE country IS NULL OR airline_id > 3   | fragment airlines [*] where ("airline_id" > 3 OR "country" IS NULL)
            SELECT airline FROM routes WHERE day >= DATE '2026-01-02'           | fragment routes [airline, day] where "day" >= CAST('2026-01-02' AS DATE)
            SELECT airline FROM routes WHERE price > 1.5                        | fragment routes [airline, price] where "price" > CAST('1.50' AS DECIMAL(9,2))
            SELECT airline FROM routes WHERE "we ird" = 3                       | fragment routes [airline, we ird] where "we ird" = 3
            SELECT sum(st.a) FROM routes                                        | fragment routes [st]
            SELECT sum("st.a") FROM routes                                      | fragment routes ["st.a"]
            SELECT airline FROM routes WHERE s::INT > 3                         | fragment routes [airline, s]
            SELECT airline FROM routes WHERE random() > 0.5                     | fragment routes [airline]
            SELECT airline FROM routes WHERE day = current_date                 | fragment routes [airline, day]
            SELECT name FROM airlines LIMIT 5                                   | fragment airlines [name] limit 5
            SELECT * FROM airlines WHERE country = 'France' LIMIT 5 OFFSET 2    | fragment airlines [*] where "country" = 'France' limit 7
            SELECT airline FROM routes WHERE s::INT > 3 LIMIT 5                 | fragment routes [airline, s]
            SELECT name FROM airlines ORDER BY name LIMIT 5                     | fragment airlines [name]
            SELECT DISTINCT name FROM airlines LIMIT 5                          | fragment airlines [name]
            SELECT count(*) FROM airlines LIMIT 5                               | fragment airlines []
            FROM airlines                                                       | fragment airlines [*]
            DESCRIBE airlines                                                   | shape of airlines
            SELECT x.b FROM routes AS x(a, b) WHERE b = 3 OR a = 'y'            | fragment routes [airline, airline_id] where ("airline_id" = 3 OR "airline" = 'y')
            SELECT fare FROM trips WHERE fare > 2.5                             | lake scan trips
            SELECT fare FROM lake.trips                                         | lake scan trips
            """)
    void fetchesNoMoreThanTheStatementReads(String sql, String plan) {
        assertThat(plan(sql)).isEqualTo("local query\n  " + plan.replace("[\"st.a\"]", "[st.a]") + "\n");
    }

    @Test
    void carriesAPredicateOverToTheOtherSideOfAnInnerJoin() {
        String plan = plan("SELECT r.airline FROM routes r JOIN airlines a USING (airline_id) WHERE a.airline_id > 5");

        assertThat(plan).isEqualTo("""
                        local query
                          fragment routes [airline, airline_id] where "airline_id" > 5
                          fragment airlines [airline_id] where "airline_id" > 5
                        """);
    }

    @Test
    void pushesNothingThroughTheNullExtendedSideOfAnOuterJoin() {
        String plan = plan("SELECT a.name, r.stops FROM airlines a LEFT JOIN routes r ON r.airline_id = a.airline_id"
                + " WHERE r.stops IS NULL OR r.stops = 1");

        assertThat(plan).isEqualTo("""
                        local query
                          fragment airlines [airline_id, name]
                          fragment routes [airline_id, stops]
                        """);
    }

    @Test
    void unitesColumnsAndPredicatesOfSeveralScans() {
        String plan = plan("SELECT name FROM airlines WHERE airline_id = 1 UNION ALL"
                + " SELECT country FROM airlines WHERE airline_id = 2");

        assertThat(plan).isEqualTo("""
                        local query
                          fragment airlines [*] where ("airline_id" = 1 OR "airline_id" = 2)
                        """);
    }

    @Test
    void seesThatACteHidesATable() {
        String plan = plan("WITH airlines AS (SELECT airline_id FROM routes) SELECT * FROM airlines");

        assertThat(plan).isEqualTo("local query\n  fragment routes [airline_id]\n");
    }

    @Test
    void letsACteOfATablesNameReadThatTable() {
        String plan = plan("WITH airlines AS (SELECT name FROM airlines) SELECT * FROM airlines");

        assertThat(plan).isEqualTo("local query\n  fragment airlines [name]\n");
    }

    @Test
    void refusesRowidAsAViewDoes() {
        assertThatThrownBy(() -> plan("SELECT rowid FROM airlines"))
                .isInstanceOfSatisfying(
                        FleetException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_COLUMN));
    }

    @Test
    void suggestsTheTableThatWasMeant() {
        assertThatThrownBy(() -> plan("SELECT * FROM airlnes"))
                .isInstanceOf(FleetException.class)
                .hasMessageContaining("did you mean \"airlines\"?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT airlines.nme FROM airlines                                | 7  | "airlines" has no column "nme"; did you mean "name"?
            SELECT a.cuntry FROM airlines a JOIN routes r USING (airline_id) | 7  | "a" has no column "cuntry"; did you mean "country"?
            SELECT nme FROM airlines                                         | 7  | "name"
            SELECT 1 FROM airlines JOIN routes USING (airlineid)             | -1 | the left side of the join has no column "airlineid"; did you mean "airline_id"
            """)
    void suggestsTheColumnThatWasMeant(String sql, int position, String message) {
        assertThatThrownBy(() -> plan(sql)).isInstanceOfSatisfying(FleetException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.UNKNOWN_COLUMN);
            assertThat(e.detail()).contains(message);
            assertThat(e.extensions().getOrDefault("position", -1)).isEqualTo(position);
        });
    }

    @Test
    void trustsJsqlparserOnlyWhereDuckDbReadsTheSame() {
        parser.withSession(session -> {
            assertThat(StatementSplitter.trustedTree(StatementReader.read(session, "SELECT 7 AS x"), session))
                    .isPresent();
            assertThat(StatementSplitter.trustedTree(StatementReader.read(session, "SELECT 7 // 2"), session))
                    .isEmpty();
            assertThat(StatementSplitter.trustedTree(
                            StatementReader.read(session, "SELECT \"st.a\" FROM routes"), session))
                    .isEmpty();
            return true;
        });
    }

    @Test
    void plansAStatementOnceUnlessItReadsTheClock() {
        String once = "SELECT name FROM airlines WHERE country = 'Iceland'";
        String clock = "SELECT name FROM airlines WHERE now() > TIMESTAMP '2020-01-01'";

        assertThat(planned(once)).isSameAs(planned(once));
        assertThat(planned(clock)).isNotSameAs(planned(clock));
    }

    private static PlanNode.LocalQuery planned(String sql) {
        return parser.withSession(session -> Planner.plan(
                CallersStatementReader.read(session, sql, new Parameters.None(), OptionalLong.empty()),
                adviser,
                session));
    }

    private static String plan(String sql) {
        return PlanPrinter.print(planned(sql));
    }

    private static TableShape table(String name, Home home, Column... columns) {
        return new TableShape(name, home, List.of(columns), "1");
    }
}

package io.duckfleet.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.coordinator.plan.TableShape.Home;
import io.duckfleet.coordinator.statement.CallersStatementReader;
import io.duckfleet.coordinator.statement.Parameters;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Plans stay what they are: each file of `plans` has statements, with what they teach, and the plan of each.
/// `-Dduckfleet.plans.update=true` writes the files anew.
class RememberedPlansTest {

    private static final Path FILES =
            Path.of(System.getProperty("duckfleet.root"), "coordinator/src/test/resources/plans");
    private static final String BETWEEN = "\n\n";

    private static final FleetSchema SCHEMA = new FleetSchema(List.of(
            table(
                    "l",
                    Home.NODE,
                    new Column("id", "BIGINT"),
                    new Column("label_id", "BIGINT"),
                    new Column("name", "VARCHAR"),
                    new Column("s", "VARCHAR"),
                    new Column("day", "DATE"),
                    new Column("bits", "BIT"),
                    new Column("we ird", "INTEGER"),
                    new Column("tags", "VARCHAR[]"),
                    new Column("st", "STRUCT(a INTEGER, b STRUCT(c INTEGER))"),
                    new Column("st.a", "INTEGER"),
                    new Column("weird \"col", "INTEGER")),
            table(
                    "r",
                    Home.NODE,
                    new Column("label_id", "BIGINT"),
                    new Column("grade", "INTEGER"),
                    new Column("note", "VARCHAR")),
            table(
                    "odd.t \"x",
                    Home.NODE,
                    new Column("a b", "INTEGER"),
                    new Column("c.d", "INTEGER"),
                    new Column("d", "INTEGER")),
            placed("w", "w"),
            placed("w_again", "w"),
            placed("v", "u"),
            placed("u", "t"),
            table("trips", Home.LAKE, new Column("id", "BIGINT"), new Column("fare", "DOUBLE"))));

    @TempDir
    static Path scratch;

    private static Adviser adviser;
    private static Adviser reducing;
    private static Adviser answering;
    private static DuckDb parser;

    @BeforeAll
    static void open() {
        adviser = new Adviser(SCHEMA, DuckDbSettings.in(scratch), _ -> false, NodeWork.ROWS);
        reducing = new Adviser(SCHEMA, DuckDbSettings.in(scratch), _ -> true, NodeWork.ROWS);
        answering = new Adviser(SCHEMA, DuckDbSettings.in(scratch), _ -> false, NodeWork.ANSWERS);
        parser = DuckDb.inMemory(DuckDbSettings.in(scratch));
    }

    @AfterAll
    static void close() {
        adviser.close();
        reducing.close();
        answering.close();
        parser.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"columns", "predicates", "joins", "forms", "whole", "groups", "semijoins"})
    void areAsTheyWere(String name) throws IOException {
        Path file = FILES.resolve(name + ".txt");
        String remembered = Files.readString(file, StandardCharsets.UTF_8);

        String now = Arrays.stream(remembered.strip().split("\\n\\s*\\n"))
                .map(entry -> withPlan(entry, adviserFor(name)))
                .collect(Collectors.joining(BETWEEN, "", "\n"));

        if (Boolean.getBoolean("duckfleet.plans.update")) {
            Files.writeString(file, now, StandardCharsets.UTF_8);
        }
        assertThat(now).isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }

    /// What was learnt and the statement as they stand, and below them the plan of today.
    private static String withPlan(String entry, Adviser with) {
        List<String> head = entry.lines().filter(line -> !line.startsWith("> ")).toList();
        String sql = head.stream().filter(line -> !line.startsWith("--")).collect(Collectors.joining("\n"));
        Stream<String> plan = plan(sql, with).lines().map(line -> "> " + line);
        return Stream.concat(head.stream(), plan).collect(Collectors.joining("\n"));
    }

    private static Adviser adviserFor(String file) {
        return switch (file) {
            case "semijoins" -> reducing;
            case "whole", "groups" -> answering;
            default -> adviser;
        };
    }

    private static String plan(String sql, Adviser with) {
        return parser.withSession(session -> PlanPrinter.print(Planner.plan(
                CallersStatementReader.read(session, sql, new Parameters.None(), OptionalLong.empty()),
                with,
                session)));
    }

    /// A table that one node has all of.
    private static TableShape placed(String name, String nameOnNode) {
        List<Column> columns = List.of(
                new Column("id", "BIGINT"),
                new Column("name", "VARCHAR"),
                new Column("tags", "VARCHAR[]"),
                new Column("st", "STRUCT(a INTEGER)"));
        return new TableShape(name, Home.NODE, columns, "1", Optional.of(new Place("their node", nameOnNode)));
    }

    private static TableShape table(String name, Home home, Column... columns) {
        return new TableShape(name, home, List.of(columns), "1");
    }
}

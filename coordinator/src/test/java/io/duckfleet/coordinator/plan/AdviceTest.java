package io.duckfleet.coordinator.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.coordinator.plan.TableShape.Home;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdviceTest {

    private static final Column ID = new Column("id", "BIGINT");
    private static final Column NAME = new Column("name", "VARCHAR");
    private static final Column DAY = new Column("day", "DATE");
    private static final TableShape TABLE = new TableShape("t", Home.NODE, List.of(ID, NAME, DAY), "1");
    private static final StubNames NAMES = new StubNames(List.of(TABLE));

    @TempDir
    static Path scratch;

    private static StubDatabase stubs;
    private static PredicateReader predicates;

    @BeforeAll
    static void open() {
        stubs = new StubDatabase(List.of(TABLE), NAMES, "", DuckDbSettings.in(scratch));
        predicates = new PredicateReader(NAMES, stubs);
    }

    @AfterAll
    static void close() {
        stubs.close();
    }

    @Test
    void namesTheColumnsOfEachScanInTheTablesOrder() {
        Advice advice = advice(scan(NAMES.ofColumn(0, 2)), scan(NAMES.ofColumn(0, 0) + ".field"));

        assertThat(advice.columnsOf(TABLE)).containsExactly(ID, DAY);
    }

    @Test
    void namesTheColumnsOfFiltersThatAreNotProjected() {
        ScanAdvice scan = new ScanAdvice(NAMES.ofTable(0), List.of(), List.of(NAMES.ofColumn(0, 1) + " ~~ 'x%'"));

        assertThat(advice(scan).columnsOf(TABLE)).containsExactly(NAME);
    }

    @Test
    void namesAllColumnsWhereOneIsUnknown() {
        assertThat(advice(scan(NAMES.ofColumn(0, 0), "something else")).columnsOf(TABLE))
                .isEqualTo(TABLE.columns());
        assertThat(advice(scan(NAMES.ofColumn(0, 0) + "x")).columnsOf(TABLE)).isEqualTo(TABLE.columns());
    }

    @Test
    void readsNoScanOfAnotherTable() {
        ScanAdvice other = new ScanAdvice("t", List.of("id"), List.of());

        assertThat(advice(other).reads(TABLE)).isFalse();
        assertThat(advice(other).needsRowsOf(TABLE)).isFalse();
    }

    private static ScanAdvice scan(String... projections) {
        return new ScanAdvice(NAMES.ofTable(0), List.of(projections), List.of());
    }

    private static Advice advice(ScanAdvice... scans) {
        ExplainedPlan plan = new ExplainedPlan(List.of(scans), List.of(), Set.of());
        return new Advice(NAMES, plan, () -> plan, predicates, () -> List.of());
    }
}

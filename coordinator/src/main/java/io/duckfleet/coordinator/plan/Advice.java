package io.duckfleet.coordinator.plan;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What DuckDB's optimizer would read of each table for one statement. `forColumns` are the scans of the plan
/// without filter pushdown (it names every column that the unmodified statement reads), `forPredicates` those
/// of the plan with it.
final class Advice {

    private final StubNames names;
    private final ExplainedPlan forColumns;
    private final Supplier<ExplainedPlan> explainForPredicates;
    private @Nullable ExplainedPlan forPredicates;
    private final PredicateReader reader;
    private final Supplier<List<Column>> bind;

    Advice(
            StubNames names,
            ExplainedPlan forColumns,
            Supplier<ExplainedPlan> explainForPredicates,
            PredicateReader reader,
            Supplier<List<Column>> bind) {
        this.names = names;
        this.forColumns = forColumns;
        this.explainForPredicates = explainForPredicates;
        this.reader = reader;
        this.bind = bind;
    }

    /// The columns of the statement's answer.
    List<Column> answer() {
        return bind.get();
    }

    /// Whether that keeps the answer from having more rows than the statement's tables.
    boolean isAnswerBounded(AnswerBound bound) {
        return forPredicates().bounds().contains(bound);
    }

    /// Whether the optimizer's best plan scans the table.
    boolean needsRowsOf(TableShape table) {
        return !scansOf(table, forPredicates()).isEmpty();
    }

    /// Whether any plan scans the table at all.
    boolean reads(TableShape table) {
        return !scansOf(table, forColumns).isEmpty()
                || !scansOf(table, forPredicates()).isEmpty();
    }

    /// The columns of `table` that some scan reads, in the table's order. A projection that names no column
    /// of the table means all of them. A filter at a scan may read a column that isn't projected.
    List<Column> columnsOf(TableShape table) {
        Set<Column> read = new LinkedHashSet<>();
        for (ScanAdvice scan : scansOf(table, forColumns)) {
            for (String projection : scan.projections()) {
                Optional<Column> column = names.columnOf(projection);
                if (column.isEmpty()) {
                    return table.columns();
                }
                read.add(column.get());
            }
            scan.predicates().forEach(predicate -> read.addAll(names.columnsIn(predicate)));
        }
        return table.columns().stream().filter(read::contains).toList();
    }

    /// What every row of `table` that any of its scans can use fulfils: per scan all of its predicates, and
    /// one of the scans'. Nothing, if a scan uses all rows.
    Optional<Predicate> filterOf(TableShape table) {
        List<Predicate> perScan = new ArrayList<>();
        for (ScanAdvice scan : scansOf(table, forPredicates())) {
            List<Predicate> all = predicatesOf(scan);
            if (all.isEmpty()) {
                return Optional.empty();
            }
            perScan.add(all.size() == 1 ? all.getFirst() : new Predicate.And(all));
        }
        List<Predicate> distinct = perScan.stream().distinct().toList();
        return switch (distinct.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(distinct.getFirst());
            default -> Optional.of(new Predicate.Or(distinct));
        };
    }

    /// Whether the one scan of `table` has no predicate that isn't pushed.
    boolean pushesEverythingOf(TableShape table) {
        List<ScanAdvice> scans = scansOf(table, forPredicates());
        return scans.size() == 1
                && scans.getFirst().predicates().stream()
                        .allMatch(text -> reader.read(text)
                                .map(PredicateReader.Reading::isWhole)
                                .orElse(false));
    }

    /// Asked for only when a rule wants it: statements that read the clock don't.
    ExplainedPlan forPredicates() {
        ExplainedPlan plan = forPredicates;
        if (plan == null) {
            plan = explainForPredicates.get();
            forPredicates = plan;
        }
        return plan;
    }

    private List<Predicate> predicatesOf(ScanAdvice scan) {
        return scan.predicates().stream()
                .flatMap(text -> reader.read(text).stream())
                .flatMap(reading -> reading.conjuncts().stream())
                .distinct()
                .toList();
    }

    private List<ScanAdvice> scansOf(TableShape table, ExplainedPlan plan) {
        return names.ofTable(table)
                .map(name -> plan.scans().stream()
                        .filter(scan -> scan.stubTable().equals(name))
                        .toList())
                .orElse(List.of());
    }
}

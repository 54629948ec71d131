package io.duckfleet.coordinator.plan;

import com.fasterxml.jackson.databind.JsonNode;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.errors.FleetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Proves by DuckDB's optimizer which rows of one table are read only together with keys of another one.
///
/// The other table's stub is replaced by its rows with one value of the key, the sentinel, that no statement
/// holds. If the optimizer filters every scan of the first table by a column that equals the sentinel, then
/// whatever holds for the key holds for that column: it does so through inner joins, and not through outer,
/// anti or full ones, aggregates, windows and limits. The same is tried with a range, which can't be put in
/// the key's place as a constant can; only what both reach is proved. Where that means the same, the condition
/// stands in the statement's WHERE instead ([KeptTable]); elsewhere it would turn outer joins into inner ones,
/// and prove what doesn't hold.
///
/// The optimizer carries no filter out of a subquery, so for `x IN (SELECT key ..)` and EXISTS the condition
/// itself is replaced, by `x = sentinel` ([Membership]). It can hold only where `x` is one of the keys, as
/// the comparison can; whatever rows the optimizer leaves out for the comparison, wherever that stands, may
/// be left out for the condition. Under NOT it leaves out none. Nor does it carry a filter into a subquery,
/// so there the equality with an outer column is replaced in the same way ([Correlations]): for each row of
/// the statement around it, the subquery reads what it reads for one value of the key.
final class SemiJoinProofs {

    /// A column that has only values of the key, in rows that are read.
    record Reached(TableShape table, Column column) {}

    private final StubNames names;
    private final StubDatabase stubs;
    private final PredicateReader reader;
    private final String sql;
    private final ExplainedPlan plan;

    /// Proofs for the statement, whose plan over the stubs as they are is `plan`.
    SemiJoinProofs(StubNames names, StubDatabase stubs, PredicateReader reader, String sql, ExplainedPlan plan) {
        this.names = names;
        this.stubs = stubs;
        this.reader = reader;
        this.sql = sql;
        this.plan = plan;
    }

    /// Those of `columns` that a join may meet on. A table that is scanned more than once has none: which
    /// scan's keys they are wouldn't be known.
    List<Column> keysOf(TableShape table, List<Column> columns) {
        if (scansOf(table, plan).size() != 1) {
            return List.of();
        }
        Set<String> sides = plan.conditions().stream()
                .flatMap(condition -> Stream.of(condition.split(" = ")))
                .map(side -> side.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toSet());
        return columns.stream()
                .filter(column -> sides.contains(column.name().toLowerCase(Locale.ROOT))
                        || names.ofColumn(table, column).filter(sides::contains).isPresent())
                .toList();
    }

    /// The columns of `tables` that have only values of `key`.
    List<Reached> reachedBy(TableShape table, Column key, List<TableShape> tables) {
        try (Session session = stubs.open()) {
            JsonNode statement = StatementTrees.select(session, sql);
            if (KeptTable.in(statement, table).isPresent()) {
                List<Membership> correlated = Correlations.in(statement, with(table, tables)).stream()
                        .filter(equality ->
                                equality.by().equals(table) && equality.byKey().equals(key))
                        .toList();
                return reachedBy(
                        key,
                        tables,
                        comparison ->
                                stubs.explain(restricted(statement, correlated, table, key, comparison, session)));
            }
        } catch (FleetException e) {
            return List.of();
        }
        return names.ofColumn(table, key)
                .map(stub ->
                        reachedBy(key, tables, comparison -> stubs.explain(sql, table, comparison.formatted(stub))))
                .orElse(List.of());
    }

    /// The statement if `comparison`, SQL about `%1$s`, holds for the key. In subqueries that depend on
    /// the key it holds for what is equal to that.
    private static String restricted(
            JsonNode statement,
            List<Membership> correlated,
            TableShape table,
            Column key,
            String comparison,
            Session session) {
        JsonNode changed = statement;
        for (Membership equality : correlated) {
            changed = equality.in(changed, comparison, session);
        }
        return KeptTable.in(changed, table).orElseThrow().with(comparison, key, session);
    }

    private static List<TableShape> with(TableShape table, List<TableShape> others) {
        return Stream.concat(Stream.of(table), others.stream()).toList();
    }

    /// The statement's conditions on membership in a column of one of `tables`.
    List<Membership> memberships(List<TableShape> tables) {
        try (Session session = stubs.open()) {
            JsonNode statement = StatementTrees.select(session, sql);
            return Stream.concat(
                            Memberships.in(statement, tables).stream(), Correlations.in(statement, tables).stream())
                    .toList();
        } catch (FleetException e) {
            return List.of();
        }
    }

    /// The columns of `tables` that have only values of the membership's key, in rows that are read.
    List<Reached> reachedBy(Membership membership, List<TableShape> tables) {
        List<TableShape> others = tables.stream()
                .filter(membership::reduces)
                .filter(table -> !table.equals(membership.by()))
                .toList();
        try (Session session = stubs.open()) {
            return reachedBy(
                    membership.byKey(), others, comparison -> stubs.explain(membership.with(comparison, session)));
        }
    }

    /// `explain` gives the plan of the statement if a comparison, SQL about `%1$s`, holds for the key.
    private List<Reached> reachedBy(Column key, List<TableShape> tables, Function<String, ExplainedPlan> explain) {
        Optional<Sentinel> sentinel = Sentinel.of(key.type());
        if (sentinel.isEmpty() || tables.isEmpty()) {
            return List.of();
        }
        String low = sentinel.get().low();
        String high = sentinel.get().high();
        try {
            List<Reached> reached = reached(explain.apply("%1$s = " + low), tables, key, List.of("= " + low));
            if (reached.isEmpty()) {
                return reached;
            }
            ExplainedPlan between = explain.apply("%1$s >= " + low + " AND %1$s <= " + high);
            return reached(between, tables, key, List.of(">= " + low, "<= " + high)).stream()
                    .filter(reached::contains)
                    .toList();
        } catch (FleetException e) {
            return List.of();
        }
    }

    private List<Reached> reached(ExplainedPlan with, List<TableShape> tables, Column key, List<String> filters) {
        List<Reached> reached = new ArrayList<>();
        for (TableShape table : tables) {
            List<ScanAdvice> scans = scansOf(table, with);
            if (!scans.isEmpty() && scans.size() == scansOf(table, plan).size()) {
                table.columns().stream()
                        .filter(column -> Sentinel.areComparable(key.type(), column.type()))
                        .filter(column -> scans.stream().allMatch(scan -> hasAll(scan, column, filters)))
                        .forEach(column -> reached.add(new Reached(table, column)));
            }
        }
        return reached;
    }

    private boolean hasAll(ScanAdvice scan, Column column, List<String> filters) {
        Set<String> found = scan.predicates().stream()
                .filter(text -> !PredicateReader.isOptional(text))
                .flatMap(text -> reader.read(text).stream())
                .flatMap(reading -> reading.conjuncts().stream())
                .flatMap(predicate -> comparisons(predicate).stream())
                .filter(comparison -> comparison.column().equals(column))
                .map(comparison -> comparison.operator() + " " + comparison.literal())
                .collect(Collectors.toSet());
        return found.containsAll(filters);
    }

    /// The optimizer may print a range as BETWEEN.
    private static List<Predicate.Comparison> comparisons(Predicate predicate) {
        return switch (predicate) {
            case Predicate.Comparison comparison -> List.of(comparison);
            case Predicate.And and ->
                and.all().stream().flatMap(one -> comparisons(one).stream()).toList();
            case Predicate.OneOf _, Predicate.IsNull _, Predicate.TextMatch _, Predicate.Not _, Predicate.Or _ ->
                List.of();
        };
    }

    private List<ScanAdvice> scansOf(TableShape table, ExplainedPlan in) {
        return names.ofTable(table)
                .map(name -> in.scans().stream()
                        .filter(scan -> scan.stubTable().equals(name))
                        .toList())
                .orElse(List.of());
    }
}

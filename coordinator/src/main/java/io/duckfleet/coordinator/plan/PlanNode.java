package io.duckfleet.coordinator.plan;

import io.duckfleet.common.statement.SelectStatement;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// A step of a query over the fleet. Leaves read from nodes or from the lake; the root is what the
/// coordinator's own DuckDB runs.
public sealed interface PlanNode {

    /// One SELECT that the node of `table` answers: `columns` of the rows that `filter` keeps, the first
    /// `limit` of them.
    record Fragment(TableShape table, List<Column> columns, Optional<Predicate> filter, OptionalLong limit)
            implements PlanNode {

        public Fragment {
            columns = List.copyOf(columns);
        }

        /// The whole table.
        public static Fragment whole(TableShape table) {
            return new Fragment(table, table.columns(), Optional.empty(), OptionalLong.empty());
        }

        Fragment withColumns(List<Column> wanted) {
            return new Fragment(table, wanted, filter, limit);
        }

        Fragment withFilter(Predicate wanted) {
            return new Fragment(table, columns, Optional.of(wanted), limit);
        }

        Fragment withLimit(long rows) {
            return new Fragment(table, columns, filter, OptionalLong.of(rows));
        }
    }

    /// A read of a lake table, done by the local query itself.
    record LakeScan(TableShape table) implements PlanNode {}

    /// A table that the statement names and whose rows nobody reads (`DESCRIBE t`, `WHERE false`): its shape
    /// is enough.
    record ShapeOnly(TableShape table) implements PlanNode {}

    /// The user's SQL, unmodified, over the tables that `inputs` provide under their own names.
    record LocalQuery(SelectStatement statement, List<PlanNode> inputs) implements PlanNode {

        public LocalQuery {
            inputs = List.copyOf(inputs);
        }

        /// The fragments among the inputs, in order.
        public List<Fragment> fragments() {
            return inputs.stream()
                    .filter(Fragment.class::isInstance)
                    .map(Fragment.class::cast)
                    .toList();
        }

        /// The names of all tables, in order of appearance in the statement.
        public List<String> sourceTables() {
            return inputs.stream()
                    .map(LocalQuery::tableOf)
                    .map(TableShape::name)
                    .collect(Collectors.toList());
        }

        private static TableShape tableOf(PlanNode input) {
            return switch (input) {
                case Fragment fragment -> fragment.table();
                case LakeScan scan -> scan.table();
                case ShapeOnly shape -> shape.table();
                case LocalQuery query -> throw new IllegalStateException("a query is no input of " + query.statement());
            };
        }
    }
}

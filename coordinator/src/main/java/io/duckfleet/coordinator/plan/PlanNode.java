package io.duckfleet.coordinator.plan;

import io.duckfleet.common.statement.SelectStatement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// A step of a query over the fleet. Leaves read from nodes or from the lake; the root is what the
/// coordinator's own DuckDB runs.
public sealed interface PlanNode {

    /// One SELECT that a node answers over the table that it holds.
    sealed interface Fragment extends PlanNode {

        /// The table whose nodes are asked.
        TableShape table();

        /// What comes, in this order.
        List<Column> columns();

        /// The names of what is read, each of the node's tables once.
        default String names() {
            return table().name();
        }
    }

    /// Rows of `table` as they are: `columns` of those that `filter` keeps, the first `limit` of them.
    /// By each of `semiJoins`, its node may leave out rows that nobody reads.
    record TableFragment(
            TableShape table,
            List<Column> columns,
            Optional<Predicate> filter,
            OptionalLong limit,
            List<SemiJoin> semiJoins)
            implements Fragment {

        public TableFragment {
            columns = List.copyOf(columns);
            semiJoins = List.copyOf(semiJoins);
        }

        /// The whole table.
        public static TableFragment whole(TableShape table) {
            return new TableFragment(table, table.columns(), Optional.empty(), OptionalLong.empty(), List.of());
        }

        TableFragment withColumns(List<Column> wanted) {
            return new TableFragment(table, wanted, filter, limit, semiJoins);
        }

        TableFragment withFilter(Predicate wanted) {
            return new TableFragment(table, columns, Optional.of(wanted), limit, semiJoins);
        }

        TableFragment withLimit(long rows) {
            return new TableFragment(table, columns, filter, OptionalLong.of(rows), semiJoins);
        }

        TableFragment withSemiJoins(List<SemiJoin> proved) {
            return new TableFragment(table, columns, filter, limit, proved);
        }
    }

    /// The answer of a whole statement, whose `tables` are all at one node, each at its place there, or are
    /// one table of which each shard answers by itself. The local query reads it under the names of
    /// `columns`. `shortAnswer` has the names that they have for the caller, where the answer is known to have
    /// few rows.
    record QueryFragment(
            SelectStatement statement,
            List<TableShape> tables,
            List<Column> columns,
            Optional<List<String>> shortAnswer)
            implements Fragment {

        /// The name under which the local query reads the answer.
        public static final String ANSWER = "answer of the node";

        public QueryFragment {
            tables = List.copyOf(tables);
            columns = List.copyOf(columns);
            shortAnswer = shortAnswer.map(List::copyOf);
        }

        /// The answer of `statement`, whose columns are `answer` under whatever names; `isShort` if it has few
        /// rows.
        static QueryFragment of(
                SelectStatement statement, List<TableShape> tables, List<Column> answer, boolean isShort) {
            List<Column> numbered = new ArrayList<>();
            for (Column column : answer) {
                numbered.add(new Column("c" + numbered.size(), column.type()));
            }
            List<String> names = answer.stream().map(Column::name).toList();
            return new QueryFragment(statement, tables, numbered, isShort ? Optional.of(names) : Optional.empty());
        }

        @Override
        public TableShape table() {
            return tables.getFirst();
        }

        /// Whether each shard answers by itself.
        public boolean isOfShards() {
            return table().place().isEmpty();
        }

        @Override
        public String names() {
            Map<Optional<Place>, String> names = new LinkedHashMap<>();
            tables.forEach(table -> names.putIfAbsent(table.place(), table.name()));
            return String.join(", ", names.values());
        }
    }

    /// A read of a lake table, done by the local query itself.
    record LakeScan(TableShape table) implements PlanNode {}

    /// A table that the statement names and whose rows nobody reads (`DESCRIBE t`, `WHERE false`): its shape
    /// is enough.
    record ShapeOnly(TableShape table) implements PlanNode {}

    /// The user's SQL, unmodified, over the tables that `inputs` provide under their own names; or, where a
    /// node answers the whole of it, a read of that answer. `otherwise` is what gives the same answer when
    /// the node refuses the statement.
    record LocalQuery(SelectStatement statement, List<PlanNode> inputs, Optional<LocalQuery> otherwise)
            implements PlanNode {

        public LocalQuery {
            inputs = List.copyOf(inputs);
        }

        /// A query that nothing else can stand in for.
        public LocalQuery(SelectStatement statement, List<PlanNode> inputs) {
            this(statement, inputs, Optional.empty());
        }

        /// Whether it only hands on what one node answers, in few rows.
        public boolean isHandedOn() {
            return inputs.size() == 1
                    && inputs.getFirst() instanceof QueryFragment query
                    && query.shortAnswer().isPresent();
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
            return tables().stream().map(TableShape::name).toList();
        }

        /// All tables, in order of appearance in the statement.
        List<TableShape> tables() {
            return inputs.stream().flatMap(input -> tablesOf(input).stream()).toList();
        }

        private static List<TableShape> tablesOf(PlanNode input) {
            return switch (input) {
                case TableFragment fragment -> List.of(fragment.table());
                case QueryFragment fragment -> fragment.tables();
                case LakeScan scan -> List.of(scan.table());
                case ShapeOnly shape -> List.of(shape.table());
                case LocalQuery query -> throw new IllegalStateException("a query is no input of " + query.statement());
            };
        }
    }
}

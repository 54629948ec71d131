package io.duckfleet.coordinator.run;

import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.Place;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.PlanNode.QueryFragment;
import io.duckfleet.coordinator.plan.PlanNode.TableFragment;
import io.duckfleet.coordinator.plan.Predicate;
import io.duckfleet.coordinator.plan.TableShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A fragment as SQL on both sides of the wire: what its node runs, and how the coordinator reads the Parquet
/// file that comes back. Columns travel as `c0`, `c1` .. in the fragment's order.
final class FragmentSql {

    /// Types that Parquet can't carry, or not exactly (HUGEINT becomes DOUBLE, INTERVAL loses microseconds,
    /// an ENUM its values); they travel as text, wherever they stand in a type.
    private static final Pattern INEXACT = Pattern.compile(
            "HUGEINT|TIME WITH TIME ZONE|TIMESTAMP_|TIME_NS|BIT|UNION|ENUM|INTERVAL|JSON|VARIANT|GEOMETRY|BIGNUM|NULL");

    /// Arrays of a fixed length come as lists.
    private static final Pattern ARRAY = Pattern.compile("\\[\\d+]");

    private static final Pattern NESTED = Pattern.compile("STRUCT\\(|MAP\\(|UNION\\(|\\[");

    private final Fragment fragment;
    private final FragmentForm form;
    private final List<KeyFilter> filters;

    FragmentSql(FragmentPart part) {
        this.fragment = part.fragment();
        this.form = part.form();
        this.filters = part.filters();
    }

    /// The SELECT for the node, whose table is called `nameOnNode` there; so are those of a whole query
    /// that have no places. A fragment without columns has a constant one, as its rows are counted.
    String forNode(String nameOnNode) {
        return switch (fragment) {
            case TableFragment table -> rows(table, nameOnNode);
            case QueryFragment query -> answer(query, nameOnNode);
        };
    }

    /// The user's SQL, unmodified; CTEs around it give the node's tables the names that are used there.
    private String answer(QueryFragment query, String nameOnNode) {
        String names = query.tables().stream()
                .flatMap(
                        table -> renaming(table, table.place().map(Place::table).orElse(nameOnNode)).stream())
                .collect(Collectors.joining(", "));
        return "SELECT %s FROM (%sFROM (\n%s\n)) AS answer(%s)"
                .formatted(
                        form == FragmentForm.PARQUET ? sent() : handedOn(query),
                        names.isEmpty() ? "" : "WITH " + names + " ",
                        query.statement().sql(),
                        query.columns().stream().map(Column::quoted).collect(Collectors.joining(", ")));
    }

    private static Optional<String> renaming(TableShape table, String nameOnNode) {
        return nameOnNode.equalsIgnoreCase(table.name())
                ? Optional.empty()
                : Optional.of("%s AS NOT MATERIALIZED (FROM %s)"
                        .formatted(Identifiers.quote(table.name()), Identifiers.quote(nameOnNode)));
    }

    private String rows(TableFragment fragment, String nameOnNode) {
        String conditions = Stream.concat(
                        fragment.filter().stream().map(Predicate::toSql),
                        filters.stream().flatMap(filter -> filter.condition().stream()))
                .collect(Collectors.joining(" AND "));
        String filter = conditions.isEmpty() ? "" : " WHERE " + conditions;
        String limit =
                fragment.limit().isPresent() ? " LIMIT " + fragment.limit().getAsLong() : "";
        String joins = filters.stream().map(KeyFilter::join).collect(Collectors.joining());
        return "SELECT %s FROM %s%s%s%s".formatted(sent(), Identifiers.quote(nameOnNode), joins, filter, limit);
    }

    /// Makes the view under the table's own name and in its whole shape, or that of a node's answer, over
    /// the Parquet files, one after the other: columns that weren't fetched are typed NULLs, which the
    /// binder finds and nobody reads. Nothing is copied; the files have to stay for as long as the view is
    /// read (docs/decisions/015).
    ///
    /// Nested columns are copied: DuckDB 1.5.5 fails ("Out of buffer") on some filters of theirs that it
    /// pushes into the reader, such as `list IS DISTINCT FROM [NULL]`.
    String createView(List<String> files) {
        boolean nested = fragment.columns().stream()
                .anyMatch(column -> NESTED.matcher(column.type()).find());
        return "CREATE TEMP %s %s AS SELECT %s FROM read_parquet(%s)"
                .formatted(
                        nested ? "TABLE" : "VIEW",
                        Identifiers.quote(viewName()),
                        shape(viewColumns(), fragment.columns()),
                        files.stream().map(Identifiers::literal).collect(Collectors.joining(", ", "[", "]")));
    }

    private String viewName() {
        return switch (fragment) {
            case TableFragment table -> table.table().name();
            case QueryFragment query -> QueryFragment.ANSWER;
        };
    }

    private List<Column> viewColumns() {
        return switch (fragment) {
            case TableFragment table -> table.table().columns();
            case QueryFragment query -> query.columns();
        };
    }

    /// Makes a view in the shape of the table, without rows.
    static String createEmptyView(String name, List<Column> columns) {
        return "CREATE TEMP VIEW %s AS SELECT %s WHERE false"
                .formatted(Identifiers.quote(name), shape(columns, List.of()));
    }

    private static String shape(List<Column> all, List<Column> fetched) {
        List<String> items = new ArrayList<>();
        for (Column column : all) {
            int index = fetched.indexOf(column);
            items.add(
                    "%s AS %s".formatted(index < 0 ? cast("NULL", column) : received(index, column), column.quoted()));
        }
        return String.join(", ", items);
    }

    private static String received(int index, Column column) {
        boolean asItCame = isExact(column) && !ARRAY.matcher(column.type()).find();
        return asItCame ? "c" + index : cast("c" + index, column);
    }

    private static String cast(String value, Column column) {
        return "CAST(%s AS %s)".formatted(value, column.type());
    }

    private String sent() {
        if (fragment.columns().isEmpty()) {
            return "true AS c0";
        }
        List<String> items = new ArrayList<>();
        for (int i = 0; i < fragment.columns().size(); i++) {
            Column column = fragment.columns().get(i);
            String value = isExact(column) ? column.quoted() : "CAST(%s AS VARCHAR)".formatted(column.quoted());
            items.add(value + " AS c" + i);
        }
        return String.join(", ", items);
    }

    /// As they are, under the names that the caller is to see.
    private static String handedOn(QueryFragment query) {
        List<String> names = query.shortAnswer().orElseThrow();
        List<String> items = new ArrayList<>();
        for (String name : names) {
            items.add("c%d AS %s".formatted(items.size(), Identifiers.quote(name)));
        }
        return String.join(", ", items);
    }

    private static boolean isExact(Column column) {
        return !INEXACT.matcher(column.type()).find();
    }
}

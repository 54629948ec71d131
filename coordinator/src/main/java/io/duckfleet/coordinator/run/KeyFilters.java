package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.plan.Column;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.SemiJoin;
import io.duckfleet.coordinator.plan.TableShape;
import io.duckfleet.coordinator.run.KeyFilter.KeyRange;
import io.duckfleet.coordinator.run.KeyFilter.KeySet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Makes the keys of fragments that have come into filters for those that haven't. For one query; its files
/// go when it is closed.
final class KeyFilters implements AutoCloseable {

    private static final String NAME = "duckfleet_keys_";

    private final Session session;
    private final ScratchDirectory scratch;
    private final FetchSizes sizes;
    private final FetchOrder order;
    private final List<Path> files = new ArrayList<>();

    /// `order` says which rows' keys are reduced before they are used.
    KeyFilters(Session session, ScratchDirectory scratch, FetchSizes sizes, FetchOrder order) {
        this.session = session;
        this.scratch = scratch;
        this.sizes = sizes;
        this.order = order;
    }

    /// The filters for `fragment` by those semi-joins whose keys, now that they are known, are worth sending.
    /// `fetched` has what came of each of the tables that these are made of.
    List<KeyFilter> of(Fragment fragment, List<SemiJoin> semiJoins, List<FetchedFragment> fetched) {
        List<KeyFilter> filters = new ArrayList<>();
        for (SemiJoin semiJoin : semiJoins) {
            filter(fragment, semiJoin, fetched, NAME + filters.size()).ifPresent(filters::add);
        }
        return List.copyOf(filters);
    }

    private Optional<KeyFilter> filter(
            Fragment fragment, SemiJoin semiJoin, List<FetchedFragment> fetched, String name) {
        String keys = keysOf(semiJoin, fetched);
        long rows = partsOf(semiJoin.by(), fetched).stream()
                .mapToLong(FetchedFragment::rows)
                .sum();
        KeySpan span = KeySpan.of(session, keys);
        if (rows > sizes.mostKeys()) {
            return span.least()
                    .flatMap(from -> span.greatest()
                            .map(to -> new KeyRange(
                                    semiJoin, from, to, semiJoin.byKey().type(), span.withNull())));
        }
        Optional<String> frame = span.withNull()
                ? Optional.empty()
                : span.frame(semiJoin.byKey().type(), sizes.range(fragment.table(), semiJoin.key()));
        Path file = scratch.newFile("keys");
        files.add(file);
        long written = session.update("COPY (%s ORDER BY k) TO %s (FORMAT parquet)"
                .formatted(
                        "SELECT DISTINCT k%s FROM (%s) WHERE k IS NOT NULL%s"
                                .formatted(
                                        frame.isPresent() ? ", true AS " + KeySet.KEPT : "",
                                        keys,
                                        frame.map(rowsAround -> " UNION ALL " + rowsAround)
                                                .orElse("")),
                        Identifiers.literal(file.toString())));
        long different = written - (frame.isPresent() ? KeySpan.FRAME_ROWS : 0);
        return FetchOrder.isWorthwhile((double) different, sizes.distinct(fragment.table(), semiJoin.key()))
                ? Optional.of(new KeySet(semiJoin, name, file, different, span.withNull(), frame.isPresent()))
                : Optional.empty();
    }

    /// The keys with all their repetitions, as the column `k`. Types of keys travel as they are.
    private String keysOf(SemiJoin semiJoin, List<FetchedFragment> fetched) {
        List<FetchedFragment> by = partsOf(semiJoin.by(), fetched);
        String rows = by.stream()
                .map(part -> Identifiers.literal(part.file().path().toString()))
                .collect(Collectors.joining(", ", "read_parquet([", "])"));
        for (SemiJoin before : order.doneHere(semiJoin.by())) {
            rows = "(FROM %s AS r SEMI JOIN (%s) AS keys ON r.c%d IS NOT DISTINCT FROM keys.%s)"
                    .formatted(rows, keysOf(before, fetched), indexOf(before.key(), by), KeySet.COLUMN);
        }
        return "SELECT c%d AS %s FROM %s".formatted(indexOf(semiJoin.byKey(), by), KeySet.COLUMN, rows);
    }

    private static int indexOf(Column column, List<FetchedFragment> parts) {
        return parts.getFirst().fragment().columns().indexOf(column);
    }

    private static List<FetchedFragment> partsOf(TableShape table, List<FetchedFragment> fetched) {
        return fetched.stream()
                .filter(part -> part.fragment().table().equals(table))
                .toList();
    }

    @Override
    public void close() {
        files.forEach(FragmentFile::delete);
    }
}

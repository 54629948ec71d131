package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.results.ForwardedJson;
import io.duckfleet.common.results.JsonNumbers;
import io.duckfleet.common.results.ReadyResult;
import io.duckfleet.common.results.ResultFormat;
import io.duckfleet.common.results.Results;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.common.sql.TableName;
import io.duckfleet.common.statement.SelectStatement;
import io.duckfleet.common.statement.StatementReader;
import io.duckfleet.coordinator.fleet.FleetTable;
import io.duckfleet.coordinator.fleet.Holding;
import io.duckfleet.coordinator.plan.Place;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import io.duckfleet.coordinator.plan.TableShape;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Answers fragments as data nodes would, without the way over HTTP. Each node is a DuckDB of its own, made
/// by the same statements as the oracle; a table is asked of one of them, and has another name there. It is
/// one node's, or is cut into `shards` of equal length.
final class OracleFragments implements FragmentSource, AutoCloseable {

    private static final String SHARD = "shard";
    private static final String AGAIN = "_again";

    private final List<DuckDb> nodes = new ArrayList<>();
    private final int shards;
    private final Results results;

    OracleFragments(int shards, ScratchDirectory scratch) {
        this.shards = shards;
        this.results = new Results(scratch);
    }

    /// Takes over a DuckDB that holds the tables.
    void addNode(DuckDb node, List<TableShape> tables) {
        node.withSession(session -> {
            tables.forEach(table -> session.execute(renaming(table)));
            return true;
        });
        nodes.add(node);
    }

    private static String renaming(TableShape table) {
        String name = Identifiers.quote(table.name());
        return table.name().endsWith(AGAIN)
                ? "DROP TABLE " + name
                : "ALTER TABLE %s RENAME TO %s".formatted(name, Identifiers.quote(nameOnNode(table)));
    }

    /// A table called `x_again` is table `x`.
    private static String nameOnNode(TableShape table) {
        return table.name().replaceFirst(AGAIN + "$", "") + " on its node";
    }

    private DuckDb nodeOf(Fragment fragment) {
        return nodes.get(nodeOf(fragment.table()));
    }

    private int nodeOf(TableShape table) {
        return Math.floorMod(nameOnNode(table).hashCode(), nodes.size());
    }

    /// The table with its place, if one node has all of it.
    TableShape withPlace(TableShape table) {
        return shards > 1
                ? table
                : new TableShape(
                        table.name(),
                        table.home(),
                        table.columns(),
                        table.version(),
                        Optional.of(new Place("node " + nodeOf(table), nameOnNode(table))));
    }

    @Override
    public List<FragmentPart> parts(Fragment fragment) {
        return IntStream.range(0, shards)
                .mapToObj(shard -> new FragmentPart(fragment, List.of(holding(shard))))
                .toList();
    }

    private static Holding holding(int shard) {
        URI node = URI.create("oracle:///" + shard);
        TableName name = new TableName(SHARD);
        return new Holding(FleetTable.on(node, name, name), node, Integer.toString(shard));
    }

    @Override
    public FetchedFragment fetch(FragmentPart part, Path target, Deadline deadline) {
        Fragment fragment = part.fragment();
        URI node = part.holders().getFirst().node();
        String select = shards == 1
                ? new FragmentSql(part).forNode(nameOnNode(fragment.table()))
                : ofShard(part, Integer.parseInt(part.holders().getFirst().version()));
        long rows = nodeOf(fragment).withSession(session -> {
            part.filters().forEach(filter -> takeKeys(session, filter));
            return switch (part.form()) {
                case PARQUET ->
                    session.update("COPY (%s) TO %s (FORMAT parquet)"
                            .formatted(select, Identifiers.literal(target.toString())));
                case JSON -> writeJson(session, select, JsonNumbers.PLAIN, target);
                case JSON_SAFE -> writeJson(session, select, JsonNumbers.SAFE, target);
            };
        });
        try {
            return new FetchedFragment(
                    part, node, FragmentFile.owned(target), rows, Files.size(target), Duration.ZERO, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long writeJson(Session session, String select, JsonNumbers numbers, Path target) {
        SelectStatement statement = StatementReader.read(session, select);
        try (ReadyResult result =
                        results.run(session, statement, ResultFormat.JSON, numbers, ForwardedJson.TYPES_ALONE);
                OutputStream out = Files.newOutputStream(target)) {
            return result.writeTo(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void takeKeys(Session session, KeyFilter filter) {
        switch (filter) {
            case KeyFilter.KeySet set ->
                session.execute("CREATE TEMP TABLE %s AS FROM read_parquet(%s)"
                        .formatted(
                                Identifiers.quote(set.name()),
                                Identifiers.literal(set.file().toString())));
            case KeyFilter.KeyRange _ -> {}
        }
    }

    private String ofShard(FragmentPart part, int shard) {
        Fragment fragment = part.fragment();
        String table = Identifiers.quote(nameOnNode(fragment.table()));
        long rows = nodeOf(fragment).withSession(session -> session.queryLong("SELECT count(*) FROM " + table));
        return "WITH %s AS (SELECT * FROM %s WHERE rowid >= %d AND rowid < %d) %s"
                .formatted(
                        SHARD,
                        table,
                        rows * shard / shards,
                        rows * (shard + 1) / shards,
                        new FragmentSql(part).forNode(SHARD));
    }

    @Override
    public void close() {
        nodes.forEach(DuckDb::close);
    }
}

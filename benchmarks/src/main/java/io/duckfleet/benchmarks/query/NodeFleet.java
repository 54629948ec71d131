package io.duckfleet.benchmarks.query;

import io.duckfleet.benchmarks.process.AsItComes;
import io.duckfleet.benchmarks.process.DataNodeProcess;
import io.duckfleet.benchmarks.process.Workshop;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.sql.Identifiers;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tables on data nodes, and the one DuckDB that has them all.
final class NodeFleet implements AutoCloseable {

    private final Workshop workshop;
    private final DuckDb database;
    private final List<Placement> placements;
    private final List<DataNodeProcess> nodes = new ArrayList<>();

    /// Makes the tables by `statements` in one DuckDB, and as many nodes as `placements` name.
    NodeFleet(Workshop workshop, List<String> statements, List<Placement> placements) throws IOException {
        this.workshop = workshop;
        this.placements = List.copyOf(placements);
        this.database = AsItComes.duckDb(DuckDbSettings.in(workshop.scratch().path()));
        try {
            database.withSession(session -> {
                statements.forEach(session::execute);
                return true;
            });
            for (Map<String, String> keys : keysByNode()) {
                nodes.add(DataNodeProcess.start(workshop, keys));
            }
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// What each node loads: the keys of its tables' files.
    private List<Map<String, String>> keysByNode() throws IOException {
        List<Map<String, String>> keys = new ArrayList<>();
        for (Placement placement : placements) {
            for (int i = 0; i < placement.nodes().size(); i++) {
                int node = placement.nodes().get(i);
                while (keys.size() <= node) {
                    keys.add(new LinkedHashMap<>());
                }
                String key = "query/%s-%d.parquet".formatted(placement.table(), i);
                put(placement.rows(i), key);
                keys.get(node).put(placement.table(), key);
            }
        }
        return keys;
    }

    private void put(String rows, String key) throws IOException {
        Path file = workshop.scratch().newFile("rows");
        database.withSession(session -> {
            session.execute("COPY (%s) TO %s (FORMAT parquet)".formatted(rows, Identifiers.literal(file.toString())));
            return true;
        });
        workshop.store().put(Workshop.BUCKET, key, file);
        Files.delete(file);
    }

    /// The one DuckDB with all tables.
    DuckDb database() {
        return database;
    }

    /// The address of the node of that number.
    URI address(int node) {
        return nodes.get(node).address();
    }

    /// The coordinator's configuration for the tables.
    Map<String, Object> configuration() {
        Map<String, Object> tables = new LinkedHashMap<>();
        for (Placement placement : placements) {
            List<Map<String, Object>> addresses =
                    placement.nodes().stream().map(this::entry).toList();
            tables.put(
                    placement.table(),
                    addresses.size() == 1 ? addresses.getFirst() : Map.of("mode", "shards", "nodes", addresses));
        }
        return Map.of("tables", tables);
    }

    private Map<String, Object> entry(int node) {
        URI address = address(node);
        return Map.of("url", "http://" + address.getHost(), "port", address.getPort());
    }

    @Override
    public void close() {
        nodes.forEach(DataNodeProcess::close);
        database.close();
    }
}

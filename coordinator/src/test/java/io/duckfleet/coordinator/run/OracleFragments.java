package io.duckfleet.coordinator.run;

import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.plan.PlanNode.Fragment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// Answers fragments from the very DuckDB that is the oracle, as a node would, without the way over HTTP.
final class OracleFragments implements FragmentSource {

    private final DuckDb oracle;

    OracleFragments(DuckDb oracle) {
        this.oracle = oracle;
    }

    @Override
    public FetchedFragment fetch(Fragment fragment, Path target, Deadline deadline) {
        String sql = new FragmentSql(fragment).forNode(fragment.table().name());
        long rows = oracle.withSession(session -> session.update(
                "COPY (%s) TO %s (FORMAT parquet)".formatted(sql, Identifiers.literal(target.toString()))));
        try {
            return new FetchedFragment(
                    fragment, URI.create("oracle:///"), target, rows, Files.size(target), Duration.ZERO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.duckfleet.coordinator.filefilter;

import com.google.common.hash.BloomFilter;
import com.google.common.hash.Funnels;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;
import io.duckfleet.coordinator.lake.UnreadFiles;
import io.duckfleet.coordinator.plan.TableShape;

/// The values of one column of a file, as a Bloom filter of their hashes.
final class FileFilter {

    /// One in so many files is read in vain.
    private static final double FALSE_POSITIVES = 1.0 / 300;

    private static final int BITS_PER_VALUE = 12;

    /// DuckDB's own, of a text, in 63 bits.
    private static final String HASH = "(hash(%s) >> 1)::BIGINT";

    private final BloomFilter<Long> hashes;

    private FileFilter(BloomFilter<Long> hashes) {
        this.hashes = hashes;
    }

    /// How many bytes a filter of so many values takes.
    static long bytes(long values) {
        return values * BITS_PER_VALUE / Byte.SIZE;
    }

    static long hash(Session session, String value) {
        return session.queryLong("SELECT " + HASH.formatted("?::VARCHAR"), value);
    }

    /// Reads the column's values in the file. One that isn't a file of the lake any more has none, which is
    /// true: the records are in other files then.
    static FileFilter read(Session session, TableShape table, String column, DataFile file) {
        BloomFilter<Long> hashes =
                BloomFilter.create(Funnels.longFunnel(), Math.max(1, file.records()), FALSE_POSITIVES);
        String quoted = Identifiers.quote(column);
        String sql = "SELECT %s FROM %s WHERE %s = ? AND %s IS NOT NULL"
                .formatted(HASH.formatted(quoted), table.qualified(), UnreadFiles.FILENAME, quoted);
        return session.query(
                sql,
                rows -> {
                    while (rows.next()) {
                        hashes.put(rows.getLong(1));
                    }
                    return new FileFilter(hashes);
                },
                file.address());
    }

    boolean mayHold(long hash) {
        return hashes.mightContain(hash);
    }
}

package io.duckfleet.benchmarks.load;

import io.duckfleet.benchmarks.process.AsItComes;
import io.duckfleet.benchmarks.process.PeakMemory;
import io.duckfleet.common.duckdb.DuckDb;
import io.duckfleet.common.duckdb.DuckDbSettings;
import io.duckfleet.common.duckdb.Extensions;
import io.duckfleet.common.duckdb.ScratchDirectory;
import io.duckfleet.common.duckdb.Session;
import io.duckfleet.common.sql.Identifiers;

/// The peer as a process: DuckDB's `CREATE TABLE AS FROM read_csv('s3://..')`. Takes the S3 server's host and
/// port and the object's address; the credentials come from the variables that the AWS SDK has. Prints
/// nanoseconds, rows and peak memory.
public final class HttpfsLoad {

    static final String RESULT = "result:";

    private HttpfsLoad() {}

    public static void main(String[] arguments) {
        try (ScratchDirectory scratch = ScratchDirectory.create("httpfs");
                DuckDb database = AsItComes.duckDb(DuckDbSettings.in(scratch.path()));
                Session session = database.open()) {
            Extensions.HTTPFS.load(session);
            session.execute("CREATE SECRET (TYPE s3, KEY_ID %s, SECRET %s, ENDPOINT %s, URL_STYLE path, USE_SSL false)"
                    .formatted(
                            variable("AWS_ACCESS_KEY_ID"),
                            variable("AWS_SECRET_ACCESS_KEY"),
                            Identifiers.literal(arguments[0])));
            long start = System.nanoTime();
            session.execute("CREATE TABLE t AS FROM read_csv(%s)".formatted(Identifiers.literal(arguments[1])));
            long took = System.nanoTime() - start;
            long rows = session.queryLong("SELECT count(*) FROM t");
            long peak = PeakMemory.of(ProcessHandle.current().pid()).orElse(0);
            System.out.println(RESULT + " " + took + " " + rows + " " + peak);
        }
    }

    private static String variable(String name) {
        return Identifiers.literal(String.valueOf(System.getenv(name)));
    }
}

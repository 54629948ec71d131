package io.duckfleet.benchmarks.transfer;

import io.duckfleet.common.duckdb.Extensions;
import io.duckfleet.common.sql.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.duckdb.DuckDBDriver;

/// The peer as a process: a DuckDB that has the same file as table `t` and serves it by quack. Takes port,
/// token and file; runs until it is stopped. It is opened with DuckDB's own defaults, as quack serves no
/// other.
public final class QuackServer {

    static final String READY = "serving";

    private QuackServer() {}

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        Properties properties = new Properties();
        properties.setProperty("extension_directory", Extensions.directory().toString());
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
                Statement statement = connection.createStatement()) {
            statement.execute("LOAD quack");
            statement.execute("CREATE TABLE t AS FROM read_csv(%s, compression = 'gzip')"
                    .formatted(Identifiers.literal(arguments[2])));
            statement.execute("CALL quack_serve('quack:localhost:%s', token = %s)"
                    .formatted(arguments[0], Identifiers.literal(arguments[1])));
            System.out.println(READY);
            new CountDownLatch(1).await();
        }
    }
}

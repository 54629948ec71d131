package io.duckfleet.benchmarks.query;

import io.duckfleet.common.duckdb.Extensions;
import io.duckfleet.common.sql.Identifiers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.duckdb.DuckDBDriver;

/// The peer as a process: a DuckDB with the tables of TPC-H, served by quack. Takes port, token and scale
/// factor; runs until it is stopped.
public final class TpchQuack {

    static final String READY = "serving";

    private TpchQuack() {}

    public static void main(String[] arguments) throws SQLException, InterruptedException {
        Properties properties = new Properties();
        properties.setProperty("extension_directory", Extensions.directory().toString());
        try (Connection connection = new DuckDBDriver().connect("jdbc:duckdb:", properties);
                Statement statement = connection.createStatement()) {
            statement.execute("LOAD tpch");
            statement.execute("CALL dbgen(sf = %s)".formatted(Double.parseDouble(arguments[2])));
            statement.execute("LOAD quack");
            statement.execute("CALL quack_serve('quack:localhost:%s', token = %s)"
                    .formatted(arguments[0], Identifiers.literal(arguments[1])));
            System.out.println(READY);
            new CountDownLatch(1).await();
        }
    }
}

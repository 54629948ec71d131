package io.duckfleet.benchmarks.transfer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.duckfleet.common.duckdb.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.sql.SQLException;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/// What a client without columnar formats does: `POST /query`, parse the JSON as it comes, append row by row.
final class JsonTransfer {

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI node;

    JsonTransfer(URI node) {
        this.node = node;
    }

    void fetchInto(Session session, String sql) throws IOException, SQLException {
        session.execute("CREATE TEMP TABLE moved (id BIGINT, customer_id BIGINT, amount DOUBLE, country VARCHAR)");
        HttpURLConnection connection =
                (HttpURLConnection) node.resolve("/query").toURL().openConnection();
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        try (OutputStream out = connection.getOutputStream()) {
            out.write(MAPPER.writeValueAsBytes(Map.of("query", sql)));
        }
        try (InputStream in = connection.getInputStream();
                JsonParser json = FACTORY.createParser(in);
                DuckDBAppender appender = session.connection().createAppender("temp", "main", "moved")) {
            while (json.nextToken() != JsonToken.START_ARRAY) {
                // Up to the rows.
            }
            while (json.nextToken() == JsonToken.START_OBJECT) {
                append(json, appender);
            }
        }
    }

    private static void append(JsonParser json, DuckDBAppender appender) throws IOException, SQLException {
        appender.beginRow();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            switch (json.nextToken()) {
                case VALUE_NUMBER_INT -> appendInteger(json, appender);
                case VALUE_NUMBER_FLOAT -> appender.append(json.getDoubleValue());
                default -> appender.append(json.getText());
            }
        }
        appender.endRow();
    }

    /// A number without a point may be a DOUBLE's.
    private static void appendInteger(JsonParser json, DuckDBAppender appender) throws IOException, SQLException {
        if (json.currentName().equals("amount")) {
            appender.append(json.getDoubleValue());
        } else {
            appender.append(json.getLongValue());
        }
    }
}

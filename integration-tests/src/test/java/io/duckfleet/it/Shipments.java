package io.duckfleet.it;

import io.duckfleet.cli.local.LocalFleet;
import io.duckfleet.common.s3.S3Clients;
import io.duckfleet.common.s3.S3Settings;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/// A made-up table in files on the fleet's S3, and data nodes of a test's own over them.
final class Shipments {

    private static final String BUCKET = "lake-data";

    private final S3Settings s3;

    Shipments(LocalFleet fleet) {
        s3 = fleet.lake().s3();
    }

    /// The rows with these numbers as CSV.
    static String rows(long from, long to) {
        return LongStream.range(from, to)
                .mapToObj(i -> "%d,airport %d,%d.25".formatted(i, i * 7919 % 1000, i % 500))
                .collect(Collectors.joining("\n", "id,place,weight\n", "\n"));
    }

    /// Puts `csv` under `key`, outside the lake's own folder.
    void put(String key, String csv) {
        try (S3Client client = S3Clients.of(s3)) {
            client.putObject(
                    request -> request.bucket(BUCKET).key(path(key)),
                    RequestBody.fromBytes(csv.getBytes(StandardCharsets.UTF_8)));
        }
    }

    /// A node over the file of `key`, which isn't ready yet.
    ChildService node(String key, int port) {
        return node(List.of(location(key), "--table-name", "shipments"), port);
    }

    /// A node with several tables, each over the file of its key, which isn't ready yet.
    ChildService node(Map<String, String> keysByTable, int port) {
        List<String> arguments = new ArrayList<>();
        keysByTable.forEach((table, key) -> arguments.addAll(List.of("--table", table + "=" + location(key))));
        return node(arguments, port);
    }

    private ChildService node(List<String> tables, int port) {
        Map<String, String> environment = new HashMap<>();
        environment.put("AWS_ENDPOINT_URL_S3", s3.endpoint().toString());
        environment.put("AWS_ACCESS_KEY_ID", s3.accessKey());
        environment.put("AWS_SECRET_ACCESS_KEY", s3.secretKey());
        environment.put("AWS_REGION", s3.region());
        environment.put("DUCKDB_MEMORY_LIMIT", "256MB");
        return ChildService.start("data-node", port, tables, environment);
    }

    private static String location(String key) {
        return "s3://%s/%s".formatted(BUCKET, path(key));
    }

    private static String path(String key) {
        return "it/%s.csv".formatted(key);
    }
}
